/** One Application, one worker. Every write of state carries the fence; a worker whose lease was taken over cannot write. */
import type { ApplicationState } from '../core/application/application-state.ts';

export type Lease = {
  name: string;
  /** Grows with every lease of this Application. */
  fence: number;
  /** ms since the epoch; no write to a cluster starts later than this minus the request's time-out. */
  until: number;
};

export interface Leases {
  /** null: somebody else has it until later. */
  take(name: string, options: { holder: string; now: number; forMs: number }): Promise<Lease | null>;
  /** Fault store.lease_lost when the fence is not the newest. `settled`: suspects and the request that are dealt with. */
  write(
    lease: Lease,
    state: ApplicationState,
    settled?: { suspects?: readonly string[]; request?: string },
  ): Promise<void>;
  /** False when `wanted` moved meanwhile: go round again (the lease is kept). True: released, next look at `lookAt`. */
  release(lease: Lease, seen: { wanted: number; lookAt: number | null }): Promise<boolean>;
}
