/** Carries out one stage of a plan in parallel and says what the cluster has now. Safe to run again after a kill. */
import { maskFault } from '../core/event/mask-fault.ts';
import { collectFaults, faultsOf } from '../core/fault/collect-faults.ts';
import { Fault } from '../core/fault/fault.ts';
import type { HookRun } from '../core/hook/hook-run.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { Applying, PlannedChange, RunningHook } from '../core/plan/plan.ts';
import { isUnmarked } from '../core/plan/unmark.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import { recordApplied } from '../core/record/record-applied.ts';
import type { Entry } from '../ports/applications.ts';
import type { Lease } from '../ports/leases.ts';
import type { Ports } from '../ports/ports.ts';
import { applyChange } from './apply-change.ts';
import { applyNamespace, isUntracked } from './destination-namespace.ts';
import { fencedCluster } from './fenced-cluster.ts';
import { handOver } from './hand-over.ts';
import { settleInParallel } from './in-parallel.ts';
import { locateFault } from './locate-fault.ts';
import { meansOf } from './means-of.ts';
import { type OtherApplications, otherApplications } from './other-applications.ts';
import { rehearseWrite } from './rehearse-write.ts';
import { removeChange } from './remove-change.ts';
import { runHook } from './run-hook.ts';

export type StageResult = { record: ApplicationRecord; done: PlannedChange[]; hooks: HookRun[]; faults: Fault[] };

export type Stage = {
  entry: Entry;
  lease: Lease;
  changes: readonly PlannedChange[];
  /** By formatted key; also what a plan made before a kill refers to. */
  desired: ReadonlyMap<string, Desired>;
  record: ApplicationRecord;
};

export async function applyStage(stage: Stage, ports: Ports): Promise<StageResult> {
  const fenced: Ports = { ...ports, cluster: (name) => fencedCluster(name, stage.lease, ports) };
  const others = otherApplications(stage.entry, ports);
  const results = await settleInParallel(stage.changes, (change) => carryOut(change, stage, others, fenced));
  const objects = { ...stage.record.objects };
  const done: PlannedChange[] = [];
  const hooks: HookRun[] = [];
  for (const [index, change] of stage.changes.entries()) {
    const result = results[index];
    if (result?.status !== 'fulfilled') continue;
    done.push(change);
    if (result.value === 'gone') delete objects[formatKey(change.key)];
    else if (result.value !== null && 'phase' in result.value) hooks.push(result.value);
    else if (result.value !== null) objects[formatKey(change.key)] = result.value;
  }
  return {
    record: { objects },
    done,
    hooks,
    faults: faultsOf(results).map((fault) => maskFault(fault, objectsOf(stage))),
  };
}

/** What awaited something created in an earlier stage is rehearsed now, before anything of this stage is applied; null: all is well. */
export async function rehearseLate({ changes, entry, desired, record }: Stage, ports: Ports): Promise<Fault | null> {
  const cluster = ports.cluster(entry.cluster);
  const late = changes.filter((change): change is Applying | RunningHook => 'rehearsed' in change && !change.rehearsed);
  if (late.some(({ key }) => desired.get(formatKey(key))?.served === false)) await cluster.facts({ fresh: true });
  const results = await settleInParallel(late, async (change) => {
    const wanted = wantedBy(change, desired);
    const before = record.objects[formatKey(change.key)]?.manifest ?? null;
    const { application } = entry;
    await locateFault(wanted, entry.cluster, () => rehearseWrite({ wanted, application, live: null, before }, cluster));
  });
  const faults = faultsOf(results);
  return faults.length === 0 ? null : maskFault(collectFaults(faults), objectsOf({ desired }));
}

function objectsOf({ desired }: Pick<Stage, 'desired'>): KubernetesObject[] {
  return [...desired.values()].map(({ object }) => object);
}

type Done = RecordedObject | HookRun | 'gone' | null;

async function carryOut(change: PlannedChange, stage: Stage, others: OtherApplications, ports: Ports): Promise<Done> {
  if (change.action === 'skip') return null;
  if (change.action === 'hand-over') {
    await handOver(
      { change, recorded: stage.record.objects[formatKey(change.key)] ?? null, others },
      stage.entry,
      ports,
    );
    return 'gone';
  }
  if (change.action === 'delete') {
    await prune(change, stage, others, ports);
    return 'gone';
  }
  const wanted = wantedBy(change, stage.desired);
  if (change.action === 'hook') return runHook(change, wanted, stage.entry.cluster, ports);
  if (isUntracked(wanted)) {
    await applyNamespace(wanted, { ...stage.entry, dryRun: false }, ports);
    return null;
  }
  const recorded = stage.record.objects[formatKey(change.key)] ?? null;
  const live = await locateFault(wanted, stage.entry.cluster, () =>
    applyChange({ change, wanted, recorded, entry: stage.entry }, ports),
  );
  return recordApplied(wanted, live, meansOf(ports));
}

/** Fault apply.stale when another Application has come to want it since it was planned. */
async function prune(
  change: Extract<PlannedChange, { action: 'delete' }>,
  { entry, record }: Stage,
  others: OtherApplications,
  ports: Ports,
): Promise<void> {
  const { key, propagation } = change;
  const { name } = entry.application;
  // Hooks carry no tracking id, and are in no record.
  const recorded = record.objects[formatKey(key)];
  const isHook = recorded === undefined;
  if (!isHook && (await others.claimOn(key)) !== null) throw new Fault('apply.stale', { object: formatKey(key) });
  const isMeant = (owner: string | null) => owner === name || (owner === null && (isHook || isUnmarked(recorded)));
  await removeChange({ change, propagation, entry, isMeant }, ports);
}

function wantedBy(change: Applying | RunningHook, desired: ReadonlyMap<string, Desired>): Desired {
  const wanted = desired.get(formatKey(change.key));
  if (wanted === undefined)
    throw new TypeError(`the plan names ${formatKey(change.key)}, which the render does not have`);
  return wanted;
}
