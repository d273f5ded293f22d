/** Plans one sync and rehearses every create and update on the API server; one failure and there is no plan. */
import type { Application } from '../core/application/application.ts';
import { maskFault } from '../core/event/mask-fault.ts';
import { collectFaults, faultsOf } from '../core/fault/collect-faults.ts';
import { formatKey } from '../core/object/object-key.ts';
import { awaitsOthers, creators } from '../core/plan/awaits-others.ts';
import { chooseCandidates } from '../core/plan/choose-candidates.ts';
import type { Desired } from '../core/plan/desired.ts';
import { guardPrune } from '../core/plan/guard-prune.ts';
import { orderObjects, waveOf } from '../core/plan/order-objects.ts';
import type { Applying, Plan, PlannedChange } from '../core/plan/plan.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import type { Ports } from '../ports/ports.ts';
import { inParallel, settleInParallel } from './in-parallel.ts';
import { missingNamespace } from './missing-namespace.ts';
import { planRemoval } from './plan-removal.ts';
import { rehearseChange } from './rehearse-change.ts';

export type Planning = {
  application: Application;
  cluster: string;
  revision: string;
  desired: readonly Desired[];
  record: ApplicationRecord;
  drifted: readonly string[];
  /** Nothing was synced yet since the state was lost. */
  afterLoss: boolean;
  prune: boolean;
  confirmed: boolean;
};

/** Faults: apply.*, cluster.*, sync.shared_object, sync.prune_guard; several at once in `facts.problems`. Changes nothing. */
export async function rehearsePlan(planning: Planning, ports: Ports): Promise<Plan> {
  const { application, revision, record } = planning;
  const { apply, remove, kept } = chooseCandidates(planning.desired, record, planning.drifted);
  const removals = await inParallel(remove, (recorded) => planRemoval(recorded, planning, ports));
  const gone = removals.flatMap((change) => (change?.action === 'delete' ? [change.key] : []));
  guardPrune({
    application: application.name,
    remove: gone,
    recovered: gone.filter((key) => planning.afterLoss || record.objects[formatKey(key)]?.desiredHash === ''),
    total: Object.values(record.objects).filter(({ applied }) => applied !== null).length,
    confirmed: planning.confirmed,
    allowEmpty: application.syncPolicy.automated?.allowEmpty ?? false,
  });
  const namespace = await missingNamespace(planning, ports);
  const changes = await rehearseAll([...namespace, ...apply], planning, ports);
  return {
    application: application.name,
    revision,
    stages: stagesOf(
      changes,
      [...namespace, ...planning.desired],
      removals.filter((change) => change !== null),
    ),
    kept,
    warnings: [],
  };
}

/** What creates a place for others goes first, so that the others know whether that place will be new. */
async function rehearseAll(candidates: readonly Desired[], planning: Planning, ports: Ports): Promise<Applying[]> {
  const [first, rest] = creators(candidates);
  const created = await rehearseEach(first, [], planning, ports);
  return [...created, ...(await rehearseEach(rest, created, planning, ports))];
}

async function rehearseEach(
  candidates: readonly Desired[],
  created: readonly Applying[],
  planning: Planning,
  ports: Ports,
): Promise<Applying[]> {
  const results = await settleInParallel(candidates, (desired) =>
    rehearseChange(desired, { ...planning, awaitsOthers: awaitsOthers(desired, created) }, ports),
  );
  const objects = planning.desired.map(({ object }) => object);
  const faults = faultsOf(results).map((fault) => maskFault(fault, objects));
  if (faults.length > 0) throw collectFaults(faults);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** Applies by wave and kind, then what is left out of Git goes, in the opposite order. */
function stagesOf(
  changes: readonly Applying[],
  desired: readonly Desired[],
  removals: readonly PlannedChange[],
): PlannedChange[][] {
  const waves = new Map(desired.map(({ key, object }) => [key, waveOf(object)]));
  const applies = orderObjects(changes, ({ key }) => ({ wave: waves.get(key) ?? 0, kind: key.kind }));
  const removes = orderObjects(removals, ({ key }) => ({ wave: 0, kind: key.kind })).reverse();
  return [...applies, ...removes];
}
