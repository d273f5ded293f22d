/** How long and how much one connection to a cluster may take. */
export type Limits = {
  /** Requests under way at once; watches are not counted. */
  parallel: number;
  /** From the first byte sent to the last received, retries included. */
  requestMs: number;
  connectMs: number;
  /** A connection that was not used for so long is not used again. */
  idleMs: number;
  attempts: number;
  /** The first pause before trying again; each further one is twice as long. */
  backoffMs: number;
  /** How long discovery is remembered. */
  discoveryMs: number;
  /** An unknown kind asks discovery again, but a thousand objects of unknown kinds ask once within this. */
  askAgainMs: number;
  /** A watch that nobody bounds ends at the server after this, so that a dead connection is noticed. */
  watchSeconds: number;
};

export const defaultLimits: Limits = {
  parallel: 24,
  requestMs: 30_000,
  connectMs: 5_000,
  // Less than the load balancers of managed clusters allow.
  idleMs: 50_000,
  attempts: 4,
  backoffMs: 100,
  discoveryMs: 300_000,
  askAgainMs: 1_000,
  watchSeconds: 290,
};
