/** Asks one repository where its refs stand and wakes the Applications it has moved for. */
import { Fault, mayRetry } from '../core/fault/fault.ts';
import type { Heads } from '../core/revision/heads.ts';
import { resolveRevision } from '../core/revision/resolve-revision.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { settleInParallel } from './in-parallel.ts';
import { lookUpHeads } from './look-up-heads.ts';
import { readingAs } from './reading-as.ts';

/** A thousand Applications may read one repository. */
const atOnce = 10;

/** One request, however many Applications read the repository with one credential. Names of those woken. */
export async function wakeRepository(repoURL: string, why: string, ports: Ports): Promise<string[]> {
  const names = await ports.applications.ofRepository(repoURL);
  const headsFor = headsByReader(repoURL, ports);
  const results = await settleInParallel(names, (name) => wakeIfMoved(name, { headsFor, why }, ports), atOnce);
  if (ports.isFleet(repoURL)) await ports.queue.send({ about: 'fleet', why });
  return results.flatMap((result, at) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value ? names.slice(at, at + 1) : [];
  });
}

type HeadsFor = (project: string) => Promise<Heads | null>;

function headsByReader(repoURL: string, ports: Ports): HeadsFor {
  const asked = new Map<string | null, Promise<Heads | null>>();
  return (project) => {
    const reader = ports.readerOf(repoURL, project);
    const heads = asked.get(reader) ?? lookUpOrTell(repoURL, readingAs(project, ports));
    asked.set(reader, heads);
    return heads;
  };
}

async function wakeIfMoved(name: string, { headsFor, why }: { headsFor: HeadsFor; why: string }, ports: Ports) {
  const entry = await ports.applications.get(name);
  if (entry === null) return false;
  const heads = await headsFor(entry.application.project);
  if (heads !== null && !hasMoved(entry, heads)) return false;
  await ports.wakes.wake(name, ports.now());
  await ports.queue.send({ about: 'application', name, why });
  return true;
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
    const { operation, blocked, failed, synced, condition } = state;
    const seen = operation?.revision ?? blocked?.revision ?? failed?.revision ?? synced?.revision;
    if (resolution.kind === 'ask') return synced === null;
    // What waits has a time at which it is looked at again, and shows why; it need not be woken for that every minute.
    return resolution.sha !== seen || (condition !== null && blocked === null);
  } catch {
    return true;
  }
}
