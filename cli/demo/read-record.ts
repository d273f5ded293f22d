/** Reads over the API of `trueup serve` what Trueup says about itself. */
import * as z from 'zod';

const fieldChange = z.object({ path: z.string(), from: z.unknown().optional(), to: z.unknown().optional() });

const demoEvent = z.looseObject({
  id: z.string(),
  at: z.string(),
  who: z.string(),
  why: z.string(),
  type: z.string(),
  operation: z.string().optional(),
  revision: z.string().optional(),
  result: z.string().optional(),
  action: z.string().optional(),
  counts: z.object({ created: z.number(), updated: z.number(), pruned: z.number() }).optional(),
  object: z.object({ group: z.string(), kind: z.string(), namespace: z.string(), name: z.string() }).optional(),
  diff: z.array(fieldChange).optional(),
  fault: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});

export type DemoEvent = z.infer<typeof demoEvent>;

const page = z.object({ items: z.array(demoEvent) });
const application = z.object({ sync: z.string(), health: z.string(), revision: z.string().nullable() });

export type TrueupRecord = {
  /** Newest first; null while nobody answers, as between a kill and the next start. */
  events(): Promise<DemoEvent[] | null>;
  application(): Promise<z.infer<typeof application> | null>;
};

const answersWithinMs = 5_000;
/** More than a day of the demo brings. */
const eventsAtOnce = 500;

export function readRecord(url: string, name: string, signal: AbortSignal): TrueupRecord {
  const ask = async (path: string): Promise<unknown> => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(answersWithinMs)]);
    const answer = await fetch(`${url}/api/v1${path}`, { signal: limit }).catch(() => null);
    signal.throwIfAborted();
    return answer?.ok === true ? answer.json() : null;
  };
  return {
    async events() {
      const answer = await ask(`/events?application=${name}&limit=${eventsAtOnce}`);
      return answer === null ? null : page.parse(answer).items;
    },
    async application() {
      const answer = await ask(`/applications/${name}`);
      return answer === null ? null : application.parse(answer);
    },
  };
}
