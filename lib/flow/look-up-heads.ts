/** Asks a Git host where the refs of a repository stand, once for all Applications that read it. */
import type { Heads } from '../core/revision/heads.ts';
import type { Ports } from '../ports/ports.ts';

export async function lookUpHeads(repoURL: string, ports: Ports): Promise<Heads> {
  const known = await ports.repositories.get(repoURL);
  const answer = await ports.gitHost(repoURL).heads(repoURL, known?.heads.etag);
  const heads = answer === 'unchanged' && known !== null ? known.heads : answer;
  if (heads === 'unchanged') return lookUpHeads(repoURL, ports);
  await ports.repositories.put(repoURL, heads, ports.now());
  return heads;
}
