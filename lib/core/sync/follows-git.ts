/** Which syncs make way for a newer commit: those that were begun because Git wanted it, by whomever. */
import type { Operation } from './operation.ts';

/** A person who names a revision, or single objects, wants just that; what goes back or away is no matter of the newest commit. */
export function followsGit({ reason, named, only }: Operation): boolean {
  if (reason === 'request') return named !== true && only === null;
  return reason === 'push' || reason === 'retry';
}
