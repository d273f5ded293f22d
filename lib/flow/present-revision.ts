/** What a rollback goes back from: the revision that is being synced, was tried last, or is there. */
import type { Entry } from '../ports/applications.ts';

/** Empty: nothing was ever synced. */
export function presentRevision({ state }: Pick<Entry, 'state'>): string {
  return state.operation?.revision ?? state.failed?.revision ?? state.synced?.revision ?? '';
}
