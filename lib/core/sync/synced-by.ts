/** What an operation leaves behind once everything is applied: the cluster is equal to its revision, healthy or not. */
import type { Synced } from '../application/application-state.ts';
import type { Operation } from './operation.ts';

export function syncedBy({ revision, sourceHash, reads, source }: Operation, now: number): Synced {
  return { revision, sourceHash, reads, source, at: now };
}
