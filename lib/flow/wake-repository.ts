/** Asks one repository where its refs stand and wakes the Applications it has moved for. */
import { Fault, mayRetry } from '../core/fault/fault.ts';
import type { Heads } from '../core/revision/heads.ts';
import { resolveRevision } from '../core/revision/resolve-revision.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { lookUpHeads } from './look-up-heads.ts';

/** One request, however many Applications read the repository. Names of those woken. */
export async function wakeRepository(repoURL: string, why: string, ports: Ports): Promise<string[]> {
  const names = await ports.applications.ofRepository(repoURL);
  const heads = await lookUpOrTell(repoURL, ports);
  const woken: string[] = [];
  for (const name of names) {
    const entry = await ports.applications.get(name);
    if (entry === null || (heads !== null && !hasMoved(entry, heads))) continue;
    await ports.wakes.wake(name, ports.now());
    await ports.queue.send({ about: 'application', name, why });
    woken.push(name);
  }
  if (ports.isFleet(repoURL)) await ports.queue.send({ about: 'fleet', why });
  return woken;
}

/** null: the host refuses or is down; then every Application is woken, to say so. */
async function lookUpOrTell(repoURL: string, ports: Ports): Promise<Heads | null> {
  try {
    return await lookUpHeads(repoURL, ports);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn('repository.not_read', { repoURL, ...error.report() });
    // What waiting cures leaves the Applications as they are; the rest they have to show.
    if (!mayRetry(error)) await ports.repositories.forget(repoURL);
    return null;
  }
}

function hasMoved({ application, state }: Entry, heads: Heads): boolean {
  const { repoURL, targetRevision } = application.source;
  try {
    const resolution = resolveRevision(heads, { repoURL, targetRevision });
    const seen = state.operation?.revision ?? state.failed?.revision ?? state.synced?.revision;
    return resolution.kind === 'ask' ? state.synced === null : resolution.sha !== seen || state.condition !== null;
  } catch {
    return true;
  }
}
