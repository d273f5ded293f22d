/** What is known of an earlier try of the same: this revision, read by the Application as it is. */
import type { Failed } from '../application/application-state.ts';

export function triedBefore(
  failed: Failed | null,
  { revision, sourceHash }: { revision: string; sourceHash: string },
): Failed | null {
  return failed?.revision === revision && failed.sourceHash === sourceHash ? failed : null;
}
