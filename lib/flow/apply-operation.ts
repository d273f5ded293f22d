/** Carries out one stage of the running sync and writes down what came of it. */

import type { ApplicationState } from '../core/application/application-state.ts';
import type { ChangeCounts } from '../core/event/event.ts';
import { changesMade, hookEnded } from '../core/event/sync-events.ts';
import { collectFaults } from '../core/fault/collect-faults.ts';
import type { Fault } from '../core/fault/fault.ts';
import { isRunning } from '../core/hook/hook-run.ts';
import { isCustomGroup } from '../core/object/is-custom-group.ts';
import { formatKey, parseKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import {
  type Applying,
  isApplying,
  type Plan,
  type PlannedChange,
  type RunningHook,
  type Stage,
} from '../core/plan/plan.ts';
import { asPlanned } from '../core/plan/unmark.ts';
import { judgeObjects } from '../core/project/judge-objects.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import { sumUpHealth } from '../core/record/sum-up-health.ts';
import { type Operation, unplanned } from '../core/sync/operation.ts';
import { applyStage, rehearseLate } from './apply-stage.ts';
import { desiredOf, desiredToHeal, hooksOf } from './desired-of.ts';
import { isUntracked, namespaceOf } from './destination-namespace.ts';
import { failOperation } from './fail-operation.ts';
import { mirrorDeployed } from './mirror.ts';
import type { Outcome, Run } from './outcome.ts';
import { refuseUnpermitted } from './refuse-unpermitted.ts';
import type { RenderedApplication } from './render-application.ts';
import { loadPlan, loadRecord, savePlan, saveRecord } from './stored-json.ts';
import { isHeldBack, waitForRoom, withoutWaiting } from './wait-for-room.ts';

export async function applyOperation(operation: Operation, stage: number, run: Run): Promise<Outcome> {
  const { entry, lease, ports } = run;
  const { state, application, cluster } = entry;
  const plan = await loadPlan(operation.plan, ports);
  const changes = plan === null ? undefined : [...plan.stages, ...plan.failStages][stage]?.changes;
  const record = await loadRecord(state.record, ports);
  const desired = changes === undefined ? null : await desiredFor(operation, changes, record, run);
  // The plan is gone, or Git renders differently now: rehearse anew instead of applying what nobody has seen.
  if (plan === null || changes === undefined || desired === null) return { state: planAgain(state, operation) };
  if (isForbiddenByNow(operation, changes, run)) return { state: planAgain(state, operation) };
  if (stage === 0 && state.synced === null) await mirrorDeployed(application.name, ports);
  const late = await rehearseLate({ entry, lease, changes, desired, record }, ports);
  if (late !== null) return isYetToCome(late, operation) ? wait(run, operation) : failOperation(operation, late, run);
  const result = await applyStage({ entry, lease, changes, desired, record }, ports);
  await tellThoseBefore(result.done, run);
  const occasion = { application: application.name, cluster, now: ports.now() };
  const running: Operation = {
    ...operation,
    waitsFor: '',
    counts: count(operation.counts, result.done),
    hooks: [...operation.hooks, ...result.hooks],
  };
  const events = [
    ...changesMade(operation, result.done, occasion),
    ...result.hooks.filter((hook) => !isRunning(hook)).map((hook) => hookEnded(running, hook, occasion)),
  ];
  const after = {
    ...withoutWaiting(state),
    record: await saveRecord(application.name, result.record, ports),
    health: sumUpHealth(result.record, state.health, ports.now()),
    operation: running,
  };
  if (result.faults.length === 0)
    return { state: { ...after, operation: { ...running, stagesDone: stage + 1, waits: 0 } }, events };
  const fault = collectFaults(result.faults);
  // The lease nears its end: the next worker does the rest of the stage with a fresh one.
  if (fault.code === 'store.lease_lost') {
    const left = await savePlan(withoutDone(plan, stage, result.done), ports);
    return { state: { ...after, operation: { ...running, plan: left } }, events, rest: ports.now() };
  }
  if (isYetToCome(fault, operation)) {
    const left = await savePlan(withoutDone(plan, stage, result.done), ports);
    return { ...wait({ ...run, entry: { ...entry, state: after } }, { ...running, plan: left }), events };
  }
  if (isHeldBack(fault)) {
    const left = await savePlan(withoutDone(plan, stage, result.done), ports);
    return waitForRoom({ ...running, plan: left }, fault, { ...run, entry: { ...entry, state: after } }, events);
  }
  if (fault.code === 'apply.stale' && operation.reason !== 'heal') return { state: planAgain(after, running), events };
  // One object that cannot be healed keeps no other from it; it stays under suspicion.
  if (operation.reason === 'heal' && stage + 1 < operation.stages) {
    const left = changes.filter((change) => !result.done.includes(change)).map(({ key }) => formatKey(key));
    await ports.wakes.suspect(application.name, left, ports.now());
    return { state: { ...after, operation: { ...running, stagesDone: stage + 1, waits: 0 } }, events };
  }
  const outcome = await failOperation(running, fault, { ...run, entry: { ...entry, state: after } });
  return { ...outcome, events: [...events, ...(outcome.events ?? [])] };
}

/** They forget what was taken over from them; one that is killed before it says so is found out by the next sweep. */
async function tellThoseBefore(done: readonly PlannedChange[], { ports }: Run): Promise<void> {
  for (const change of done) {
    if (!isApplying(change) || change.takesFrom === undefined) continue;
    await ports.wakes.suspect(change.takesFrom, [formatKey(change.key)], ports.now());
    await ports.queue.send({ about: 'application', name: change.takesFrom, why: 'it was taken over' });
  }
}

/**
 * By the rules of this moment, which may be tighter than those it was planned by. Faults project.*; a removal is planned
 * again instead, and leaves what is not permitted any more.
 */
function isForbiddenByNow(
  { reason }: Operation,
  changes: readonly PlannedChange[],
  { entry, permission }: Run,
): boolean {
  const carriedOut = changes.filter(({ action }) => action !== 'skip' && action !== 'hand-over');
  if (reason === 'deletion') return judgeObjects(carriedOut, permission).length > 0;
  refuseUnpermitted(entry.application, carriedOut, permission);
  return false;
}

const waitMs = 300;
const mostWaits = 60;

/** A definition that was just applied is served a moment later, and so is a Namespace; the last run of a hook needs its time to go. */
const yetToCome: readonly string[] = ['cluster.unknown_kind', 'cluster.namespace_missing', 'sync.hook_in_the_way'];

function isYetToCome(fault: Fault, { waits }: Operation): boolean {
  return waits < mostWaits && (yetToCome.includes(fault.code) || (waits < schemaWaits && isOldSchema(fault)));
}

/** So long an API server may go on judging custom resources by the definition before. */
const schemaWaits = 20;

/** A field that only the definition of this sync has. */
function isOldSchema({ code, facts }: Fault): boolean {
  return (
    code === 'apply.invalid' && facts.undeclared !== undefined && isCustomGroup(parseKey(String(facts.object)).group)
  );
}

function wait({ entry, ports }: Run, operation: Operation): Outcome {
  return {
    state: { ...entry.state, operation: { ...operation, waits: operation.waits + 1 } },
    rest: ports.now() + waitMs,
  };
}

/** Else a stage that takes longer than a lease would begin anew with each worker, and never end. */
function withoutDone(plan: Plan, stage: number, done: readonly PlannedChange[]): Plan {
  const without = (left: Stage): Stage => ({
    ...left,
    changes: left.changes.filter((change) => !done.includes(change)),
  });
  const { stages, failStages } = plan;
  return {
    ...plan,
    stages: stages.map((each, number) => (number === stage ? without(each) : each)),
    failStages: failStages.map((each, number) => (number + stages.length === stage ? without(each) : each)),
  };
}

/** Hooks that this operation has run are found again by their marks, and are not run twice. */
export function planAgain(state: ApplicationState, operation: Operation): ApplicationState {
  return { ...state, operation: { ...operation, ...unplanned, phase: 'planning' } };
}

/** null when Git no longer renders what was rehearsed. */
async function desiredFor(
  operation: Operation,
  changes: readonly PlannedChange[],
  record: ApplicationRecord,
  run: Run,
): Promise<ReadonlyMap<string, Desired> | null> {
  const applying = changes.filter((change) => isApplying(change) || change.action === 'hook');
  if (applying.length === 0) return new Map();
  const names = applying.map(({ key }) => formatKey(key));
  const desired =
    operation.reason === 'heal'
      ? await desiredToHeal(operation, names, record, run)
      : byName(await desiredOf(operation, run), operation);
  for (const change of applying) {
    const item = desired.get(formatKey(change.key)) ?? untrackedNamespace(change, run);
    const planned = item === undefined ? null : asPlanned(item, change.desiredHash, run.ports.installationKey);
    if (planned === null) return null;
    desired.set(formatKey(change.key), planned);
  }
  return desired;
}

function byName({ desired, hooks }: RenderedApplication, operation: Operation): Map<string, Desired> {
  const all = [...desired, ...hooksOf(operation, hooks).map(({ wanted }) => wanted)];
  return new Map(all.map((item) => [formatKey(item.key), item]));
}

function untrackedNamespace(change: Applying | RunningHook, { entry }: Run): Desired | undefined {
  if (!isUntracked({ hash: change.desiredHash })) return undefined;
  const item = namespaceOf(entry.application);
  return item.key.name === change.key.name ? item : undefined;
}

function count(before: ChangeCounts, done: readonly PlannedChange[]): ChangeCounts {
  const of = (action: PlannedChange['action']) => done.filter((change) => change.action === action).length;
  const unchanged = done.filter(
    (change) => change.action === 'update' && change.diff.length === 0 && change.adopts === undefined,
  ).length;
  return {
    created: before.created + of('create'),
    updated: before.updated + of('update') + of('recreate') - unchanged,
    pruned: before.pruned + of('delete'),
    kept: before.kept + unchanged,
  };
}
