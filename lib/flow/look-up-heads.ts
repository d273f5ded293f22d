/** Asks a Git host where the refs of a repository stand, once for all Applications that read it. */
import type { Heads } from '../core/revision/heads.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * Of two who ask at once, the one whose answer is the older may be the later to write it down: whoever finds the other's
 * asks again, so that what is remembered never moves back to a commit that was replaced.
 */
export async function lookUpHeads(repoURL: string, ports: Ports): Promise<Heads> {
  for (;;) {
    const known = await ports.repositories.get(repoURL);
    const answer = await ports.gitHost(repoURL).heads(repoURL, known?.heads.etag);
    if (answer === 'unchanged') {
      if (known !== null) return known.heads;
      continue;
    }
    const seen = known?.at ?? null;
    // As a version it has to grow, whatever the clock says.
    const at = Math.max(ports.now(), (seen ?? 0) + 1);
    if (await ports.repositories.put(repoURL, answer, { at, seen })) return answer;
  }
}
