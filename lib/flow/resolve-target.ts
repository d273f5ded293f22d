/** The commit that an Application wants now, by what was last heard of its repository. */
import { resolveRevision } from '../core/revision/resolve-revision.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { lookUpHeads } from './look-up-heads.ts';

/** The full SHA. Faults git.*. */
export async function resolveTarget({ application }: Pick<Entry, 'application'>, ports: Ports): Promise<string> {
  const { repoURL, targetRevision } = application.source;
  const heads = (await ports.repositories.get(repoURL))?.heads ?? (await lookUpHeads(repoURL, ports));
  const resolution = resolveRevision(heads, { repoURL, targetRevision });
  if (resolution.kind === 'sha') return resolution.sha;
  return (await ports.gitHost(repoURL).commit(repoURL, resolution.revision)).sha;
}
