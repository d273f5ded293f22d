/** Plans and rehearses a sync, and writes down what it intends before the first write to the cluster. */
import type { Synced } from '../core/application/application-state.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import { intend } from '../core/record/record-applied.ts';
import type { Operation } from '../core/sync/operation.ts';
import { desiredOf } from './desired-of.ts';
import { isUntracked } from './missing-namespace.ts';
import { refuseUnknown } from './notice-loss.ts';
import type { Outcome, Run } from './outcome.ts';
import { rehearsePlan } from './rehearse-plan.ts';
import { loadRecord, savePlan, saveRecord } from './stored-json.ts';

export async function planOperation(operation: Operation, run: Run): Promise<Outcome> {
  const { entry, ports } = run;
  const { application, cluster, state } = entry;
  const { desired, reads, warnings } = await desiredOf(operation, run);
  if (state.record === null && operation.reason !== 'deletion') await refuseUnknown(desired, run);
  const record = await loadRecord(state.record, ports);
  const { revision, prune, confirmed } = operation;
  const { drifted, synced } = state;
  const afterLoss = synced?.afterLoss ?? false;
  const plan = await rehearsePlan(
    { application, cluster, revision, desired, record, drifted, afterLoss, prune, confirmed },
    ports,
  );
  const intended = intendedRecord(record, desired, plan, ports.installationKey);
  return {
    state: {
      ...state,
      record: await saveRecord(application.name, intended, ports),
      kinds: kindsOf(intended),
      synced: plan.stages.length === 0 ? state.synced : leftBehind(state.synced),
      warnings,
      operation: {
        ...operation,
        phase: 'applying',
        reads,
        plan: await savePlan(plan, ports),
        stages: plan.stages.length,
        stagesDone: 0,
        counts: { ...operation.counts, kept: plan.kept },
      },
    },
  };
}

/**
 * From the first write on the cluster is between two revisions, and stays there when the sync is cut short. Then Git going
 * back to the old one is no return to what is there already, and has to be synced as well.
 */
function leftBehind(synced: Synced | null): Synced | null {
  return synced === null ? null : { ...synced, sourceHash: '' };
}

/** The union of what is there and what is to come; what is neither in the cluster nor in Git any more is dropped. */
function intendedRecord(
  record: ApplicationRecord,
  desired: readonly Desired[],
  plan: Plan,
  key: Uint8Array,
): ApplicationRecord {
  const objects: ApplicationRecord['objects'] = {};
  const planned = new Set(plan.stages.flat().map((change) => formatKey(change.key)));
  const wanted = new Set(desired.map((item) => formatKey(item.key)));
  for (const [name, known] of Object.entries(record.objects)) {
    if (wanted.has(name) || planned.has(name)) objects[name] = known;
  }
  for (const item of desired) {
    if (!isUntracked(item)) objects[formatKey(item.key)] ??= intend(item, key);
  }
  return { objects };
}

function kindsOf({ objects }: ApplicationRecord): string[] {
  return [...new Set(Object.values(objects).map(({ apiVersion, key }) => `${apiVersion}/${key.kind}`))].toSorted();
}
