/** Plans and rehearses a sync, and writes down what it intends before the first write to the cluster. */
import type { ApplicationState, Synced } from '../core/application/application-state.ts';
import { isIgnoredExtra } from '../core/drift/is-extra.ts';
import type { DesiredHook } from '../core/hook/hook.ts';
import { isRunning } from '../core/hook/hook-run.ts';
import { type HookToRun, removalHooks } from '../core/hook/hooks-to-run.ts';
import { isSecret } from '../core/object/is-secret.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import { forgetExcluded } from '../core/plan/leave-out-excluded.ts';
import { waveOf } from '../core/plan/order-objects.ts';
import { changesOf, type Plan } from '../core/plan/plan.ts';
import { isUnmarked } from '../core/plan/unmark.ts';
import { orphanWarnings } from '../core/project/orphan-warnings.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import { intend } from '../core/record/record-applied.ts';
import { gatesOf } from '../core/sync/gates-of.ts';
import type { Operation } from '../core/sync/operation.ts';
import type { ResourceSelection } from '../core/sync/selection.ts';
import { chooseTracking } from './choose-tracking.ts';
import { desiredOf, hooksOf } from './desired-of.ts';
import { isUntracked } from './destination-namespace.ts';
import { orphansBeside } from './find-orphans.ts';
import { refuseUnknown } from './notice-loss.ts';
import type { Outcome, Run } from './outcome.ts';
import { type PlanningAlone, rehearsePlan } from './rehearse-plan.ts';
import { loadRecord, saveHooks, savePlan, saveRecord } from './stored-json.ts';

export async function planOperation(operation: Operation, run: Run): Promise<Outcome> {
  const { entry, ports, permission } = run;
  const { application, cluster, state } = entry;
  const { desired: rendered, hooks, reads, warnings } = await desiredOf(operation, run);
  if (state.record === null && operation.reason !== 'deletion') await refuseUnknown(rendered, run);
  const { customizations } = run.rules;
  const record = forgetExcluded(await loadRecord(state.record, ports), { cluster, customizations });
  const desired = await chooseTracking(rendered, { record, cluster }, ports);
  const { revision, prune, confirmed, only } = operation;
  const { drifted, synced } = state;
  const removal = operation.reason === 'deletion';
  const plan = await rehearsePlan(
    {
      application,
      cluster,
      permission,
      revision,
      desired,
      hooks: hooksOf(operation, hooks).filter((hook) => !hasRun(operation, hook)),
      runHooks: whetherHooksRun(operation, state),
      record,
      drifted,
      afterLoss: synced?.afterLoss ?? false,
      prune,
      confirmed,
      removal,
      endedHooks: state.endedHooks ?? [],
      only,
    },
    ports,
  );
  const intended = intendedRecord(record, desired, { plan, only }, ports.installationKey);
  const kept = removal ? null : await keepHooks(hooks, run);
  const orphans = removal ? [] : await warnOfOrphans(desired, run);
  return {
    state: {
      ...state,
      record: await saveRecord(application.name, intended, ports),
      removalHooks: kept === null ? (state.removalHooks ?? null) : kept.removalHooks,
      ...kindsOf(intended),
      letGo: desired.filter(({ options }) => options.apply === 'never').map(({ key }) => formatKey(key)),
      synced: plan.stages.length === 0 ? state.synced : leftBehind(state.synced),
      warnings: [...warnings, ...(kept?.warnings ?? []), ...(permission.project?.warnings ?? []), ...orphans],
      operation: {
        ...operation,
        phase: 'applying',
        reads,
        plan: await savePlan(plan, ports),
        extras: extrasLeft(plan, record),
        stages: plan.stages.length,
        failStages: plan.failStages.length,
        stagesDone: 0,
        gates: gatesOf(plan, {
          keptWaves: keptWaves(plan, desired),
          removal,
          hooksRun: operation.hooks.some(isRunning),
        }),
        gate: -1,
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
  { plan, only }: { plan: Plan; only: ResourceSelection | null },
  key: Uint8Array,
): ApplicationRecord {
  const objects: ApplicationRecord['objects'] = {};
  const planned = new Set(changesOf(plan).map((change) => formatKey(change.key)));
  const recreated = new Set(
    changesOf(plan).flatMap(({ action, key }) => (action === 'recreate' ? formatKey(key) : [])),
  );
  // What is to be let alone is let go of.
  const tracked = desired.filter((item) => item.options.apply !== 'never');
  const wanted = new Set(tracked.map((item) => formatKey(item.key)));
  for (const [name, known] of Object.entries(record.objects)) {
    if (only === null && !wanted.has(name) && !planned.has(name)) continue;
    // Cut off between its end and its new beginning it is not there, whichever revision comes next.
    const { leftOver, ...wantedStill } = known;
    const asOfGit = wanted.has(name) ? wantedStill : { ...wantedStill, leftOver: true as const };
    const next = only === null ? asOfGit : known;
    objects[name] = recreated.has(name) ? { ...next, applied: null } : next;
  }
  for (const item of tracked) {
    const name = formatKey(item.key);
    if (!isUntracked(item) && (only === null || planned.has(name))) objects[name] ??= intend(item, key);
    // What is made once is not applied again; what Git says of it now counts when it has to be made anew.
    const known = objects[name];
    if (item.options.apply === 'ifAbsent' && known != null)
      objects[name] = { ...intend(item, key), applied: known.applied };
  }
  return { objects };
}

/** Of an operation that is planned anew, each hook has run once. */
function hasRun({ hooks }: Operation, { wanted, phase }: HookToRun): boolean {
  return hooks.some((run) => run.phase === phase && formatKey(run.key) === formatKey(wanted.key));
}

/** What the Application stays out of sync with; IgnoreExtraneous makes no difference of it. */
function extrasLeft(plan: Plan, { objects }: ApplicationRecord): string[] {
  return changesOf(plan).flatMap(({ action, key }) => {
    const recorded = objects[formatKey(key)];
    const isLeft = action === 'skip' && recorded?.extra === true && !isIgnoredExtra(recorded.manifest);
    return isLeft ? [formatKey(key)] : [];
  });
}

/** Of the objects no change is planned for. */
function keptWaves(plan: Plan, desired: readonly Desired[]): number[] {
  const planned = new Set(changesOf(plan).map((change) => formatKey(change.key)));
  return desired.filter(({ key }) => !planned.has(formatKey(key))).map(({ object }) => waveOf(object));
}

/** A person asked, or the last sync was left half-way: then they run, whether anything else is to be done or not. */
function whetherHooksRun({ reason, only }: Operation, { synced }: ApplicationState): PlanningAlone['runHooks'] {
  if (reason === 'heal' || only !== null) return 'never';
  const isHalf = synced === null || synced.sourceHash === '';
  return reason === 'request' || reason === 'deletion' || isHalf ? 'always' : 'withChanges';
}

/** Where the project asks for it: what stands beside the Application and belongs to none. */
async function warnOfOrphans(desired: readonly Desired[], { entry, rules, permission, ports }: Run): Promise<string[]> {
  if (permission.project?.orphanedResources?.warn !== true) return [];
  const orphans = await orphansBeside(entry, rules, ports);
  if (orphans === null) return [];
  const wanted = new Set(desired.map(({ key }) => formatKey(key)));
  return orphanWarnings({ ...orphans, objects: orphans.objects.filter((key) => !wanted.has(formatKey(key))) });
}

/** For the removal of the Application, when Git may not know it any more. Secrets are in no record. */
async function keepHooks(
  hooks: readonly DesiredHook[],
  { entry, ports }: Run,
): Promise<{ removalHooks: string | null; warnings: string[] }> {
  const kept = removalHooks(hooks);
  const secrets = kept.filter(({ object }) => isSecret(object));
  return {
    removalHooks: await saveHooks(
      entry.application.name,
      kept.filter((hook) => !secrets.includes(hook)),
      ports,
    ),
    warnings: secrets.map(
      ({ key, origin }) => `${origin.file}: ${formatKey(key)} is left out: no Secret is kept for a hook of the removal`,
    ),
  };
}

function kindsOf({ objects }: ApplicationRecord): Pick<ApplicationState, 'kinds' | 'unmarkedKinds'> {
  const all = Object.values(objects);
  const of = (some: typeof all) =>
    [...new Set(some.map(({ apiVersion, key }) => `${apiVersion}/${key.kind}`))].toSorted();
  return { kinds: of(all), unmarkedKinds: of(all.filter(isUnmarked)) };
}
