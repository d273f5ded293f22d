/** The commit that a person means by a branch, a tag or a SHA; Git is asked first, so that what was pushed a moment ago counts. */
import { resolveRevision } from '../core/revision/resolve-revision.ts';
import type { Ports } from '../ports/ports.ts';
import { lookUpHeads } from './look-up-heads.ts';

/** The full SHA. Faults git.*. */
export async function resolveNamed(repoURL: string, targetRevision: string, ports: Ports): Promise<string> {
  const resolution = resolveRevision(await lookUpHeads(repoURL, ports), { repoURL, targetRevision });
  if (resolution.kind === 'sha') return resolution.sha;
  return (await ports.gitHost(repoURL).commit(repoURL, resolution.revision)).sha;
}
