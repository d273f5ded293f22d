/** Plans one sync and rehearses every create and update on the API server; one failure and there is no plan. */
import type { Application } from '../core/application/application.ts';
import { maskFault } from '../core/event/mask-fault.ts';
import { collectFaults, faultsOf } from '../core/fault/collect-faults.ts';
import { Fault } from '../core/fault/fault.ts';
import type { HookRun } from '../core/hook/hook-run.ts';
import type { HookToRun } from '../core/hook/hooks-to-run.ts';
import { formatKey } from '../core/object/object-key.ts';
import { awaitsOthers, creators } from '../core/plan/awaits-others.ts';
import { chooseCandidates } from '../core/plan/choose-candidates.ts';
import type { Desired } from '../core/plan/desired.ts';
import { guardPrune } from '../core/plan/guard-prune.ts';
import { waveOf } from '../core/plan/order-objects.ts';
import type { Applying, Plan, RunningHook } from '../core/plan/plan.ts';
import { type ChangeInWave, stagesOf } from '../core/plan/stages-of.ts';
import { whyNot } from '../core/project/judge-objects.ts';
import type { Permission } from '../core/project/permission.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import type { ResourceSelection } from '../core/sync/selection.ts';
import type { Ports } from '../ports/ports.ts';
import { destinationNamespace } from './destination-namespace.ts';
import { inParallel, settleInParallel } from './in-parallel.ts';
import { leavePresent } from './leave-present.ts';
import { type OtherApplications, otherApplications } from './other-applications.ts';
import { planRemoval, type Removal } from './plan-removal.ts';
import { refuseUnpermitted } from './refuse-unpermitted.ts';
import { rehearseChange } from './rehearse-change.ts';
import { rehearseHook } from './rehearse-hook.ts';

export type Planning = PlanningAlone & { others: OtherApplications };

export type PlanningAlone = {
  application: Application;
  cluster: string;
  permission: Permission;
  revision: string;
  desired: readonly Desired[];
  hooks: readonly HookToRun[];
  /** `withChanges`: they accompany a change and are no reason for a sync of their own. */
  runHooks: 'always' | 'withChanges' | 'never';
  record: ApplicationRecord;
  drifted: readonly string[];
  /** Nothing was synced yet since the state was lost. */
  afterLoss: boolean;
  prune: boolean;
  confirmed: boolean;
  /** The Application is being removed, and these hooks of earlier syncs with it. */
  removal: boolean;
  endedHooks: readonly HookRun[];
  /** null: everything. */
  only: ResourceSelection | null;
};

/** Faults: project.*, apply.*, cluster.*, sync.shared_object, sync.other_installation, sync.prune_guard; several at once in `facts.problems`. Changes nothing. */
export async function rehearsePlan(given: PlanningAlone, ports: Ports): Promise<Plan> {
  const planning: Planning = { ...given, others: otherApplications(given, ports) };
  const { application, revision, record, desired, drifted, only } = planning;
  const namespace = await destinationNamespace(planning, ports);
  refuse(planning, namespace);
  const { apply, remove, kept } = chooseCandidates(desired, record, { drifted, only });
  const leaving = (await inParallel(remove, (recorded) => planRemoval(recorded, planning, ports))).filter(
    (removal) => removal !== null,
  );
  const removals = guarded(leaving, planning);
  const { absent, present } = await leavePresent(apply, planning, ports);
  const changes = await rehearseAll([...namespace, ...absent], planning, ports);
  const all = [...changes.map(applyingInWave(planning)), ...removals, ...endedHooks(planning)];
  const hooks = runsHooks(planning, all) ? await rehearseHooks(planning, changes, ports) : [];
  const fails = hooks.filter(({ change }) => change.action === 'hook' && change.phase === 'SyncFail');
  return {
    application: application.name,
    revision,
    stages: stagesOf([...all, ...hooks.filter((hook) => !fails.includes(hook))]),
    failStages: stagesOf(fails),
    kept: kept + present,
    warnings: [],
  };
}

/** Of what leaves nothing is wanted: what may not be removed is left, and what may not run does not. */
function refuse({ application, desired, hooks, removal, permission }: Planning, namespace: readonly Desired[]): void {
  if (removal) return;
  refuseUnpermitted(application, [...namespace, ...desired, ...hooks.map(({ wanted }) => wanted)], permission);
}

/** What Git never had stops no sync: where it may not be pruned without a word, it stays. */
function guarded(leaving: readonly Removal[], planning: Planning): Removal[] {
  const isOurs = ({ change }: Removal) => planning.record.objects[formatKey(change.key)]?.extra === undefined;
  guard(leaving.filter(isOurs), planning, { withExtras: false });
  try {
    guard(leaving, planning, { withExtras: true });
    return [...leaving];
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'sync.prune_guard') throw error;
    const why = `Git never had it, and it goes only with \`trueup confirm\`: ${error.facts.because}`;
    return leaving.map((removal) =>
      isOurs(removal) || removal.change.action !== 'delete' ? removal : spared(removal, why),
    );
  }
}

function spared({ change: { key, apiVersion }, ...place }: Removal, why: string): Removal {
  return { ...place, change: { action: 'skip', key, apiVersion, why }, asksFirst: false };
}

function guard(removals: readonly Removal[], planning: Planning, { withExtras }: { withExtras: boolean }): void {
  const { application, record, afterLoss, confirmed, removal } = planning;
  const gone = removals.flatMap(({ change, asksFirst }) =>
    change.action === 'delete' ? [{ key: change.key, asksFirst }] : [],
  );
  const keys = gone.map(({ key }) => key);
  guardPrune({
    application: application.name,
    remove: keys,
    asksFirst: gone.flatMap((each) => (each.asksFirst ? [each.key] : [])),
    recovered: keys.filter((key) => {
      const { desiredHash, extra } = record.objects[formatKey(key)] ?? {};
      return afterLoss || (desiredHash === '' && extra === undefined);
    }),
    total: Object.values(record.objects).filter(({ applied, extra }) => applied !== null && (withExtras || !extra))
      .length,
    confirmed,
    removal,
    allowEmpty: application.syncPolicy.automated?.allowEmpty ?? false,
  });
}

function applyingInWave({ desired }: Planning): (change: Applying) => ChangeInWave {
  const waves = new Map(desired.map(({ key, object }) => [key, waveOf(object)]));
  return (change) => ({ change, wave: waves.get(change.key) ?? 0, last: false });
}

/** What earlier syncs left to be looked at goes with the Application. */
function endedHooks({ removal, endedHooks: ended, permission }: Planning): ChangeInWave[] {
  if (!removal) return [];
  return ended
    .filter(({ key }) => whyNot(key, permission) === null)
    .map(({ key, apiVersion, uid }) => ({
      change: { action: 'delete', key, apiVersion, uid, propagation: 'Background' },
      wave: 0,
      last: false,
    }));
}

function runsHooks({ runHooks }: Planning, changes: readonly ChangeInWave[]): boolean {
  return (
    runHooks === 'always' || (runHooks === 'withChanges' && changes.some(({ change }) => change.action !== 'skip'))
  );
}

/** What creates a place for others goes first, so that the others know whether that place will be new. */
async function rehearseAll(candidates: readonly Desired[], planning: Planning, ports: Ports): Promise<Applying[]> {
  const [first, rest] = creators(candidates);
  const rehearse = (created: readonly Applying[]) => (desired: Desired) =>
    rehearseChange(desired, { ...planning, awaitsOthers: awaitsOthers(desired, created) }, ports);
  const created = await rehearseEach(first, rehearse([]), planning);
  return [...created, ...(await rehearseEach(rest, rehearse(created), planning))];
}

async function rehearseHooks(planning: Planning, created: readonly Applying[], ports: Ports): Promise<ChangeInWave[]> {
  const rehearse = (hook: HookToRun): Promise<RunningHook> =>
    rehearseHook(hook, { ...planning, awaitsOthers: awaitsOthers(hook.wanted, created) }, ports);
  const { hooks, removal, permission } = planning;
  const mayRun = ({ wanted }: HookToRun) => permission.project !== null && whyNot(wanted.key, permission) === null;
  const permitted = removal ? hooks.filter(mayRun) : hooks;
  const changes = await rehearseEach(permitted, rehearse, planning);
  return changes.map((change, index) => {
    const object = permitted[index]?.wanted.object;
    return { change, wave: object === undefined ? 0 : waveOf(object), last: false };
  });
}

async function rehearseEach<Item, Change>(
  items: readonly Item[],
  rehearse: (item: Item) => Promise<Change>,
  { desired, hooks }: Planning,
): Promise<Change[]> {
  const results = await settleInParallel(items, rehearse);
  const objects = [...desired, ...hooks.map(({ wanted }) => wanted)].map(({ object }) => object);
  const faults = faultsOf(results).map((fault) => maskFault(fault, objects));
  if (faults.length > 0) throw collectFaults(faults);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
