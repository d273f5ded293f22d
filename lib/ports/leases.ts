/** One Application, one worker. Every write of state carries the fence; a worker whose lease was taken over cannot write. */
import type { ApplicationState } from '../core/application/application-state.ts';

export type Lease = {
  name: string;
  /** Grows with every lease of this Application. */
  fence: number;
  /** ms since the epoch; no write to a cluster starts later than this minus the request's time-out. */
  until: number;
};

/** What is dealt with. What was said again after the worker looked stays. */
export type Settled = {
  /** `wanted` as the worker read it together with the suspects: those named again since then are kept. */
  seenWanted: number;
  suspects?: readonly string[];
  /** Id of the request; a newer request that took its place is kept. */
  request?: string;
};

export interface Leases {
  /**
   * null: somebody else has it until later, or there is no such Application. `lookAt` becomes the end of the lease, so
   * that the tick finds an Application whose worker died and leaves one alone that is being worked on.
   */
  take(name: string, options: { holder: string; now: number; forMs: number }): Promise<Lease | null>;
  /** Fault store.lease_lost, and nothing changed, when the lease was taken over or released, or the Application is gone. */
  write(lease: Lease, state: ApplicationState, settled?: Settled): Promise<void>;
  /**
   * False when `wanted` moved meanwhile: go round again (the lease is kept). True: released, next look at `lookAt`.
   * Fault store.lease_lost as for `write`.
   */
  release(lease: Lease, seen: { wanted: number; lookAt: number | null }): Promise<boolean>;
}
