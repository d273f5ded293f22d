/** Chooses what of the history to go back to. */
import type { HistoryEntry } from './history-entry.ts';

/** An entry that can be gone back to. */
export type Earlier = HistoryEntry & { id: number; source: string };

/** What is there now, or was tried last. */
export type Present = { revision: string; source: string | null } | null;

/** The newest that was healthy and is not what is there; null: there is none. `history`: newest first. */
export function lastHealthy(history: readonly HistoryEntry[], present: Present): Earlier | null {
  const isPresent = ({ revision, source }: Earlier) =>
    present !== null && revision === present.revision && (present.source === null || source === present.source);
  return history.filter(isEarlier).find((entry) => isHealthy(entry) && !isPresent(entry)) ?? null;
}

/** By the id of the history, or the newest of a revision that is named by its SHA or the beginning of it; null: neither. */
export function findEarlier(history: readonly HistoryEntry[], named: string): Earlier | null {
  const earlier = history.filter(isEarlier);
  const byId = earlier.find(({ id }) => String(id) === named);
  if (byId !== undefined || !looksLikeSha(named)) return byId ?? null;
  return earlier.find(({ revision }) => revision.startsWith(named.toLowerCase())) ?? null;
}

/** Seven letters at least: fewer name an id. */
export function looksLikeSha(text: string): boolean {
  return /^[0-9a-f]{7,40}$/i.test(text);
}

/** Suspended on purpose counts, as it does at the end of a sync. */
function isHealthy({ health }: Earlier): boolean {
  return health === 'Healthy' || health === 'Suspended';
}

function isEarlier(entry: HistoryEntry): entry is Earlier {
  return entry.id !== null && entry.source !== null;
}
