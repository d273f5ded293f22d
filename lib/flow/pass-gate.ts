/** Waits before a wave until what came before it is healthy and its hooks have ended: looks once, and says when to look again. */
import { waveTimeout } from '../core/application/sync-timeout.ts';
import { hookEnded, type Occasion, syncWaits } from '../core/event/sync-events.ts';
import { Fault } from '../core/fault/fault.ts';
import { ignoresHealth } from '../core/health/ignores-health.ts';
import { type HookRun, isRunning } from '../core/hook/hook-run.ts';
import { formatKey, type ObjectKey } from '../core/object/object-key.ts';
import { comparePhases, waveOf } from '../core/plan/order-objects.ts';
import { changesOf, isApplying, type Plan } from '../core/plan/plan.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import { type GateVerdict, type GateView, judgeGate } from '../core/sync/judge-gate.ts';
import { noteStuck } from '../core/sync/note-stuck.ts';
import type { Operation } from '../core/sync/operation.ts';
import { planAgain } from './apply-operation.ts';
import { failOperation } from './fail-operation.ts';
import { inParallel } from './in-parallel.ts';
import { lookAtHooks } from './look-at-hooks.ts';
import type { Outcome, Run } from './outcome.ts';
import { refOf } from './ref-of.ts';
import { refreshHealth } from './refresh-health.ts';
import { loadPlan, loadRecord } from './stored-json.ts';

/** `stage`: the one behind the gate, counted on into those of a failure. */
export async function passGate(operation: Operation, stage: number, run: Run): Promise<Outcome> {
  const { entry, ports } = run;
  const plan = await loadPlan(operation.plan, ports);
  if (plan === null) return { state: planAgain(entry.state, operation) };
  const now = ports.now();
  const cluster = ports.cluster(entry.cluster);
  const hooks = await lookAtHooks(operation.hooks, { cluster, assess: ports.assess });
  const fails = operation.phase === 'failing';
  const state = fails ? entry.state : await refreshHealth(entry, ports);
  const waiting: Operation = { ...operation, hooks, gateSince: operation.gateSince ?? now };
  const record = await loadRecord(state.record, ports);
  const verdict = judgeGate({
    hooks: hooks.filter(({ phase }) => (phase === 'SyncFail') === fails),
    objects: fails ? [] : objectsBefore(stage, plan, record),
    leaving: fails ? [] : await leavingBefore(stage, plan, run),
    waitedMs: now - (waiting.gateSince ?? now),
    // The hooks of a failure have a time of their own.
    limitMs: fails ? Number.POSITIVE_INFINITY : waveTimeout(entry.application),
  });
  const events = endedSince(operation, waiting, run);
  if (verdict.verdict === 'open') {
    const passed: Operation = { ...waiting, gate: stage, gateSince: null, waitsFor: '' };
    return { state: { ...state, operation: passed }, events };
  }
  const reason = reasonOf(hooks, fails ? '' : (state.health.reason ?? ''));
  const waitsFor = reason === '' ? verdict.because : `${verdict.because}\n${reason}`;
  const noted = noteStuck({ ...waiting, waitsFor }, reason, now);
  const told = noted.operation;
  const here: Run = { ...run, entry: { ...entry, state: { ...state, operation: told } } };
  if (verdict.verdict === 'wait') {
    const stuck = noted.tell ? [syncWaits(told, reason, occasionOf(run))] : [];
    const rest = lookAgainAt(now - (waiting.gateSince ?? now), now);
    return { state: here.entry.state, events: [...events, ...stuck], rest };
  }
  const outcome = await failOperation(told, faultOf({ ...verdict, because: waitsFor }, stage, plan, here), here);
  return { ...outcome, events: [...events, ...(outcome.events ?? [])] };
}

/** Those of earlier waves, as the record has them; what is new to this wave is not there yet. */
function objectsBefore(stage: number, plan: Plan, { objects }: ApplicationRecord): GateView['objects'] {
  const next = plan.stages[stage];
  const applied = new Set(
    changesOf({ stages: plan.stages.slice(0, stage) })
      .filter(isApplying)
      .map(({ key }) => formatKey(key)),
  );
  return Object.entries(objects).flatMap(([name, { key, manifest, applied: there }]) => {
    const isBefore = next === undefined || comparePhases({ phase: 'Sync', wave: waveOf(manifest) }, next) < 0;
    if (there === null || !(isBefore || applied.has(name))) return [];
    const ignored = ignoresHealth(manifest.metadata.annotations);
    return [{ key, health: ignored ? null : there.health, justApplied: applied.has(name) }];
  });
}

async function leavingBefore(stage: number, plan: Plan, { entry, ports }: Run): Promise<ObjectKey[]> {
  const removed = changesOf({ stages: plan.stages.slice(0, stage) }).flatMap((change) =>
    change.action === 'delete' && change.propagation !== 'Orphan' ? [change] : [],
  );
  const isThere = await inParallel(removed, async (change) => {
    const live = await ports.cluster(entry.cluster).read(refOf(change));
    return live?.metadata.uid === change.uid;
  });
  return removed.filter((_, index) => isThere[index]).map(({ key }) => key);
}

function endedSince(before: Operation, after: Operation, run: Run): NonNullable<Outcome['events']> {
  const occasion = occasionOf(run);
  return after.hooks
    .filter((hook, index) => !isRunning(hook) && before.hooks[index] !== undefined && isRunning(before.hooks[index]))
    .map((hook) => hookEnded(after, hook, occasion));
}

function occasionOf({ entry, ports }: Run): Occasion {
  return { application: entry.application.name, cluster: entry.cluster, now: ports.now() };
}

function reasonOf(hooks: readonly HookRun[], ofObjects: string): string {
  const ofHooks = hooks.flatMap(({ key, trouble = '', outcome }) =>
    outcome === 'running' && trouble !== '' ? [`${formatKey(key)}: ${trouble}`] : [],
  );
  return [...ofHooks, ...(ofObjects === '' ? [] : [ofObjects])].join('\n');
}

/** Often at first, and never rarer than every five seconds. */
function lookAgainAt(waitedMs: number, now: number): number {
  return now + Math.round(Math.min(5_000, Math.max(300, waitedMs / 4)));
}

function faultOf(
  { verdict, because }: Extract<GateVerdict, { because: string }>,
  stage: number,
  plan: Plan,
  { entry }: Run,
): Fault {
  const application = entry.application.name;
  if (entry.state.operation?.hooks.some(({ outcome }) => outcome === 'failed'))
    return new Fault('sync.hook_failed', { application, because });
  const next = plan.stages[stage];
  if (verdict === 'late') {
    const before = next === undefined ? 'its end' : `wave ${next.wave} of ${next.phase}`;
    return new Fault('sync.wave_timed_out', { application, before, limitMs: waveTimeout(entry.application), because });
  }
  const { phase = 'Sync', wave = 0 } = next ?? {};
  return new Fault('sync.wave_degraded', { application, phase, wave, because });
}
