/** Asks for a sync on somebody's behalf. The id comes back as the operation of its events. */

import { Fault } from '../core/fault/fault.ts';
import { resolveRevision } from '../core/revision/resolve-revision.ts';
import type { ResourceSelection } from '../core/sync/selection.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';
import { lookUpHeads } from './look-up-heads.ts';

export type SyncWish = {
  who: string;
  revision?: string;
  prune?: boolean;
  confirmed?: boolean;
  only?: ResourceSelection;
};

/** Git is asked first, so that what was pushed a moment ago is what is synced. Fault application.not_found, git.*. */
export async function requestSync(
  name: string,
  { who, revision, prune = false, confirmed = false, only }: SyncWish,
  ports: Ports,
): Promise<string> {
  const { application } = await findApplication(name, ports);
  const { repoURL } = application.source;
  const id = ports.newId();
  const sha = revision === undefined ? await refreshHeads(repoURL, ports) : await resolve(repoURL, revision, ports);
  const request = { id, who, revision: sha, prune, confirmed, ...(only === undefined ? {} : { only }) };
  await ports.wakes.request(name, request, ports.now());
  await ports.queue.send({ about: 'application', name, why: `asked for by ${who}` });
  return id;
}

/** A host that cannot be asked is the sync's own fault to report. */
async function refreshHeads(repoURL: string, ports: Ports): Promise<null> {
  try {
    await lookUpHeads(repoURL, ports);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await ports.repositories.forget(repoURL);
  }
  return null;
}

async function resolve(repoURL: string, targetRevision: string, ports: Ports): Promise<string> {
  const resolution = resolveRevision(await lookUpHeads(repoURL, ports), { repoURL, targetRevision });
  return resolution.kind === 'sha'
    ? resolution.sha
    : (await ports.gitHost(repoURL).commit(repoURL, resolution.revision)).sha;
}
