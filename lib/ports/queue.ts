/** Wake-ups, delivered at least once, in any order. */
export type Message = (
  | { about: 'repository'; repoURL: string; why: string }
  | {
      about: 'application';
      name: string;
      why: string;
      /** Since when all slots of its cluster were taken (ms since the epoch). */
      waitsSince?: number | undefined;
    }
  | {
      about: 'cluster';
      name: string;
      why: string;
      /** The kinds in use there, where the sender has just read the register: else every sweep reads all of it again. */
      kinds?: string[] | undefined;
      /** Those of them that are watched without our label. */
      unmarkedKinds?: string[] | undefined;
    }
  | { about: 'fleet'; why: string }
  | { about: 'outbox'; why: string }
) & {
  /** What set this off, a delivery id for one: every log line of the work carries it. */
  trace?: string | undefined;
};

export interface Queue {
  /** `delayMs` up to 900,000. */
  send(message: Message, options?: { delayMs?: number }): Promise<void>;
}

export type Received = { message: Message; receipt: string /** 1 the first time. */; deliveries: number };

/** The other end, where no platform delivers for us. */
export interface Inbox {
  /** Messages stay invisible for `forMs`; those not `done` by then come again. */
  receive(options: { max: number; now: number; forMs: number }): Promise<Received[]>;
  done(receipt: string): Promise<void>;
  again(receipt: string, at: number): Promise<void>;
  /** How many are not done, those that are delayed or worked on among them. */
  depth(): Promise<number>;
}
