/** Begins a sync: from here on it is written down, and goes on wherever it is cut off. */
import { syncTimeout } from '../core/application/sync-timeout.ts';
import { syncStarted } from '../core/event/sync-events.ts';
import { isApproved } from '../core/plan/approval.ts';
import type { Commit } from '../core/revision/commit.ts';
import type { Step } from '../core/sync/next-step.ts';
import { type Operation, unplanned } from '../core/sync/operation.ts';
import { sourceHashOf } from '../core/sync/source-hash-of.ts';
import { triedBefore } from '../core/sync/tried-before.ts';
import type { Outcome, Run } from './outcome.ts';
import { refuseUnpermitted } from './refuse-unpermitted.ts';
import { keepSource, withSource } from './source-of.ts';

export async function startOperation(step: Extract<Step, { do: 'start' }>, run: Run): Promise<Outcome> {
  const { ports, permission } = run;
  const entry = await withSource(run.entry, step.request?.rollback?.source ?? undefined, ports);
  const { application, state } = entry;
  if (step.reason !== 'deletion') refuseUnpermitted(application, [], permission);
  const commit =
    step.reason === 'deletion'
      ? null
      : await ports.gitHost(application.source.repoURL).commit(application.source.repoURL, step.revision);
  const now = ports.now();
  const sourceHash = sourceHashOf(entry, permission);
  const failed = triedBefore(state.failed, { revision: step.revision, sourceHash });
  const tried = failed?.attempts ?? 0;
  const operation: Operation = {
    id: step.request?.id ?? ports.newId(),
    reason: step.reason,
    ...(step.request?.revision == null ? {} : { named: true as const }),
    ...(step.request?.rollback === undefined ? {} : { why: step.request.rollback.why }),
    who: step.request?.who ?? authorOf(commit),
    revision: commit?.sha ?? step.revision,
    commit,
    sourceHash,
    source: await keepSource(entry, ports),
    reads: {},
    // A retry says nothing new.
    phase: tried > 0 && step.request === null ? 'planning' : 'starting',
    ...unplanned,
    hooks: [],
    failure: null,
    counts: { created: 0, updated: 0, pruned: 0, kept: 0 },
    startedAt: now,
    deadline: now + syncTimeout(application),
    blockedSince: null,
    attempt: tried + 1,
    prune:
      step.reason === 'deletion' ||
      (step.request?.prune ?? false) ||
      (application.syncPolicy.automated?.prune ?? false),
    confirmed: step.request?.confirmed === true || isApproved(application, failed, now),
    only: step.request?.only ?? null,
    request: step.request?.id ?? null,
  };
  return {
    state: { ...state, operation, unreadSince: null, rollback: null, heldBack: null },
    ...(step.request === null ? {} : { request: step.request.id }),
  };
}

function authorOf(commit: Commit | null): string {
  return commit === null ? 'trueup' : `${commit.author} <${commit.email}>`;
}

export async function announceOperation(operation: Operation, { entry, ports }: Run): Promise<Outcome> {
  const occasion = { application: entry.application.name, cluster: entry.cluster, now: ports.now() };
  return {
    state: { ...entry.state, operation: { ...operation, phase: 'planning' } },
    events: [syncStarted(operation, occasion)],
  };
}
