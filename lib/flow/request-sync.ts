/** Asks for a sync on somebody's behalf. The id comes back as the operation of its events. */

import type { SyncRequest } from '../core/application/application-state.ts';
import { Fault } from '../core/fault/fault.ts';
import { isFullSha } from '../core/revision/resolve-revision.ts';
import type { ResourceSelection } from '../core/sync/selection.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';
import { lookUpHeads } from './look-up-heads.ts';
import { readingAs } from './reading-as.ts';
import { resolveNamed } from './resolve-named.ts';

export type SyncWish = {
  who: string;
  revision?: string;
  prune?: boolean;
  confirmed?: boolean;
  only?: ResourceSelection;
  rollback?: SyncRequest['rollback'];
};

/** Git is asked first, so that what was pushed a moment ago is what is synced. Fault application.not_found, git.*. */
export async function requestSync(
  name: string,
  { who, revision, prune = false, confirmed = false, only, rollback }: SyncWish,
  ports: Ports,
): Promise<string> {
  const { application } = await findApplication(name, ports);
  const { repoURL } = application.source;
  const reading = readingAs(application.project, ports);
  const id = ports.newId();
  const sha =
    revision === undefined ? await refreshHeads(repoURL, reading) : await resolveAsked(repoURL, revision, reading);
  const request: SyncRequest = {
    id,
    who,
    revision: sha,
    prune,
    confirmed,
    ...(only === undefined ? {} : { only }),
    ...(rollback === undefined ? {} : { rollback }),
  };
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

/** A full SHA needs no asking: going back works while the Git host is down. */
async function resolveAsked(repoURL: string, revision: string, ports: Ports): Promise<string> {
  return isFullSha(revision) ? revision.toLowerCase() : resolveNamed(repoURL, revision, ports);
}
