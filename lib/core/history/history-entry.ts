/** One line of an Application's history, and how the record gives it. */
import type { ChangeCounts, Event } from '../event/event.ts';
import type { FaultReport } from '../fault/fault.ts';
import type { HealthStatus } from '../health/health.ts';

export type HistoryEntry = {
  /** What `trueup rollback` takes; null: the cluster was not made equal to a whole revision. */
  id: number | null;
  /** `partial`: only chosen objects; `heal`: hand edits undone at the revision that was there. */
  kind: 'full' | 'partial' | 'heal';
  /** Every event of it carries this. */
  operation: string;
  /** When it ended, ISO 8601. */
  at: string;
  /** Full SHA; empty for a heal, which leaves it as it is. */
  revision: string;
  result: 'succeeded' | 'failed' | 'refused';
  /** How the Application fared at its end; null where nobody looked. */
  health: HealthStatus | null;
  counts: ChangeCounts;
  durationMs: number;
  who: string;
  why: string;
  /** First line of the commit's message, and its page. */
  message: string;
  url: string;
  fault: FaultReport | null;
  /** Which source parameters it was rendered with; null where it was not. */
  source: string | null;
};

/** Argo CD's `revisionHistoryLimit`: the newest that can be gone back to; of the others it is only told. `history`: newest first. */
export function withinLimit(history: readonly HistoryEntry[], limit = Number.POSITIVE_INFINITY): HistoryEntry[] {
  let left = limit;
  return history.map((entry) => {
    if (entry.id === null) return entry;
    left -= 1;
    return left < 0 ? { ...entry, id: null, source: null } : entry;
  });
}

type Finished = Extract<Event, { type: 'sync.finished' }>;
type Reverted = Extract<Event, { type: 'drift.found' }>;

/** `events` of one Application, newest first; so is the history. */
export function historyOf(events: readonly Event[]): HistoryEntry[] {
  // Drift is undone by syncs, too: those tell of themselves at their start and at their end.
  const syncs = new Set(
    events.flatMap(({ type, operation }) => (type === 'sync.started' || type === 'sync.finished' ? [operation] : [])),
  );
  const heals = Map.groupBy(
    events.filter((event): event is Reverted => event.type === 'drift.found' && event.action === 'reverted'),
    ({ operation }) => operation ?? '',
  );
  const told = new Set<string>();
  return events.flatMap((event) => {
    if (event.type === 'sync.finished') return [entryOf(event)];
    const { operation = '' } = event;
    const healed = heals.get(operation);
    if (healed === undefined || operation === '' || syncs.has(operation) || told.has(operation)) return [];
    told.add(operation);
    return [healOf(operation, healed)];
  });
}

function entryOf({ id, operation = id, history, ...event }: Finished): HistoryEntry {
  const { at, revision, result, counts, durationMs, who, why, message, url } = event;
  return {
    id: history?.id ?? null,
    kind: event.partial === true ? 'partial' : 'full',
    operation,
    at,
    revision,
    result,
    health: history?.health ?? null,
    counts,
    durationMs,
    who,
    why,
    message,
    url,
    fault: event.fault ?? null,
    source: history?.source ?? null,
  };
}

function healOf(operation: string, healed: readonly Reverted[]): HistoryEntry {
  const created = healed.filter(({ what }) => what === 'deleted').length;
  const hands = new Set(healed.map(({ who }) => who));
  return {
    id: null,
    kind: 'heal',
    operation,
    at: healed[0]?.at ?? '',
    revision: '',
    result: 'succeeded',
    health: null,
    counts: { created, updated: healed.length - created, pruned: 0, kept: 0 },
    durationMs: Date.parse(healed[0]?.at ?? '') - Date.parse(healed.at(-1)?.at ?? ''),
    who: 'trueup',
    why: `changed by hand: ${[...hands].join(', ')}`,
    message: '',
    url: '',
    fault: null,
    source: null,
  };
}
