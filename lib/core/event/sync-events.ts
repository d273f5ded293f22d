/** The events of one operation. Their ids follow from it, so a step that is run twice records its changes once. */
import type { FaultReport } from '../fault/fault.ts';
import type { HistoryMark } from '../history/history-mark.ts';
import type { HookRun } from '../hook/hook-run.ts';
import { formatKey } from '../object/object-key.ts';
import type { PlannedChange } from '../plan/plan.ts';
import type { Operation } from '../sync/operation.ts';
import type { ChangeCounts, Event, EventBody } from './event.ts';

/** What of an operation its events tell. */
type Told = Pick<Operation, 'id' | 'reason' | 'why' | 'who' | 'revision' | 'commit' | 'attempt' | 'startedAt'> &
  Partial<Pick<Operation, 'only'>>;

export type Occasion = {
  application: string;
  cluster: string;
  /** ms since the epoch. */
  now: number;
};

export function syncStarted(operation: Operation, occasion: Occasion): Event {
  return operationEvent(operation, occasion, '0-started', { type: 'sync.started', revision: operation.revision });
}

/** One event for each change that was carried out; what turned out to change nothing has none. */
export function changesMade(operation: Operation, done: readonly PlannedChange[], occasion: Occasion): Event[] {
  return done.flatMap((change) => {
    const body = bodyOf(change, operation.revision);
    if (body === null) return [];
    const event = operationEvent(operation, occasion, `1-${formatKey(change.key)}`, body);
    if (body.type !== 'drift.found') return [event];
    return [{ ...event, who: body.by[0]?.manager ?? 'somebody', why: 'changed by hand' }];
  });
}

/** Of a hook that runs no more. */
export function hookEnded(operation: Operation, hook: HookRun, occasion: Occasion): Event {
  const { key, phase, outcome, because } = hook;
  return operationEvent(operation, occasion, `2-${phase}-${formatKey(key)}`, {
    type: 'hook.ended',
    revision: operation.revision,
    object: key,
    phase,
    result: outcome === 'succeeded' ? 'succeeded' : 'failed',
    because,
  });
}

/** It waits for what time alone will not bring. Once an operation. */
export function syncWaits(operation: Operation, because: string, occasion: Occasion): Event {
  return operationEvent(operation, occasion, '3-waits', { type: 'sync.waits', revision: operation.revision, because });
}

function bodyOf(change: PlannedChange, revision: string): EventBody | null {
  if (change.action === 'skip' || change.action === 'hook') return null;
  const object = change.key;
  if (change.action === 'hand-over') return { type: 'object.moved', object, to: change.to };
  if (change.action === 'delete') return { type: 'object.pruned', revision, object, diff: [] };
  if (change.drift !== null) {
    return { type: 'drift.found', object, diff: change.diff, action: 'reverted', ...change.drift };
  }
  if (change.adopts !== undefined && change.action === 'update')
    return { type: 'object.adopted', revision, object, from: change.adopts, diff: change.diff };
  if (change.action === 'create') return { type: 'object.created', revision, object, diff: [] };
  if (change.action === 'recreate') return { type: 'object.recreated', revision, object, diff: change.diff };
  return change.diff.length === 0 ? null : { type: 'object.updated', revision, object, diff: change.diff };
}

export type Ending = {
  result: 'succeeded' | 'failed' | 'refused';
  fault: FaultReport | null;
  counts: ChangeCounts;
  history?: HistoryMark;
};

export function syncFinished(operation: Told, { result, fault, counts, history }: Ending, occasion: Occasion): Event {
  return operationEvent(operation, occasion, '9-finished', {
    type: 'sync.finished',
    revision: operation.revision,
    result,
    counts,
    durationMs: occasion.now - operation.startedAt,
    ...(fault === null ? {} : { fault }),
    message: firstLine(operation.commit?.message ?? ''),
    url: operation.commit?.url ?? '',
    ...(history === undefined ? {} : { history }),
    ...((operation.only ?? null) === null ? {} : { partial: true }),
  });
}

function operationEvent(
  operation: Told,
  { application, cluster, now }: Occasion,
  suffix: string,
  body: EventBody,
): Event {
  return {
    id: `${operation.id}-${suffix}`,
    at: new Date(now).toISOString(),
    application,
    cluster,
    who: operation.who,
    why: whyOf(operation),
    operation: operation.id,
    ...body,
  };
}

function whyOf({ reason, why = '', revision, commit, who, attempt }: Told): string {
  const push = `push ${revision.slice(0, 7)} "${firstLine(commit?.message ?? '')}"`;
  if (reason === 'push') return push;
  if (reason === 'retry') return `try ${attempt} of ${push}`;
  if (reason === 'rollback') return why;
  if (reason === 'request') return `asked for by ${who}`;
  return reason === 'heal' ? 'changed by hand' : 'removed from the fleet';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
