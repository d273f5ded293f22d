/** Where a rollback goes: an entry of the history, or a revision that never ran here. */

import { Fault } from '../core/fault/fault.ts';
import { type Earlier, findEarlier, lastHealthy, looksLikeSha } from '../core/history/choose-rollback.ts';
import type { HistoryEntry } from '../core/history/history-entry.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { listHistory } from './list-history.ts';
import { readingAs } from './reading-as.ts';
import { resolveNamed } from './resolve-named.ts';
import { findSource } from './source-of.ts';

export type RollbackDestination = {
  /** Full SHA. */
  revision: string;
  /** Its id in the history; null: it is not there. */
  entry: number | null;
  /** Key of the source parameters of then; null: those of now. */
  source: string | null;
};

/** Far more than anybody goes back. */
const searched = 1_000;

/**
 * `to`: an id of the history, or a SHA; left out, the last that was healthy before what is there. Faults sync.no_history,
 * sync.not_in_history, git.*.
 */
export async function chooseDestination(
  entry: Entry,
  to: string | undefined,
  ports: Ports,
): Promise<RollbackDestination> {
  const { application, state } = entry;
  const { name } = application;
  const history = await listHistory({ application: name, limit: searched, keep: application.historyLimit }, ports);
  const found = to === undefined ? lastHealthy(history, presentOf(entry)) : findEarlier(history, to);
  if (found !== null) return chooseEntry(name, found, ports);
  if (to === undefined) throw new Fault('sync.no_history', { application: name });
  if (!looksLikeSha(to))
    throw new Fault('sync.not_in_history', { application: name, id: to, known: idsOf(history, state.history) });
  const reading = readingAs(application.project, ports);
  return { revision: await resolveNamed(application.source.repoURL, to, reading), entry: null, source: null };
}

/** An import brings the history without the parameters: then those of now have to do. */
export async function chooseEntry(
  application: string,
  { id, revision, source }: Earlier,
  ports: Pick<Ports, 'blobs'>,
): Promise<RollbackDestination> {
  const isKept = (await findSource(application, source, ports)) !== null;
  return { revision, entry: id, source: isKept ? source : null };
}

/** Without a source hash the cluster is between two revisions, and its last one is a place to go back to. */
function presentOf({ state }: Entry): { revision: string; source: string | null } | null {
  const { synced } = state;
  return synced === null || synced.sourceHash === ''
    ? null
    : { revision: synced.revision, source: synced.source ?? null };
}

function idsOf(history: readonly HistoryEntry[], newest: number): string {
  const ids = history.flatMap(({ id }) => (id === null ? [] : [id]));
  return ids.length === 0 ? 'none' : `${ids.at(-1)} to ${newest}`;
}
