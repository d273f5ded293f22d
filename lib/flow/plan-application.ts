/** What a sync would do now, rehearsed on the API server. Changes nothing and takes no lease. */
import { withFleetDifferences } from '../core/customization/with-fleet-differences.ts';
import { hooksToRun } from '../core/hook/hooks-to-run.ts';
import { forgetExcluded } from '../core/plan/leave-out-excluded.ts';
import type { Plan } from '../core/plan/plan.ts';
import { permissionOf } from '../core/project/permission-of.ts';
import type { Ports } from '../ports/ports.ts';
import { actingPorts } from './acting-ports.ts';
import type { RollbackDestination } from './choose-destination.ts';
import { chooseTracking } from './choose-tracking.ts';
import { findApplication } from './find-application.ts';
import { readingAs } from './reading-as.ts';
import { refuseUnpermitted } from './refuse-unpermitted.ts';
import { rehearsePlan } from './rehearse-plan.ts';
import { renderApplication } from './render-application.ts';
import { resolveNamed } from './resolve-named.ts';
import { withSource } from './source-of.ts';
import { loadRecord } from './stored-json.ts';

/** `to`: a rollback; left out, the Application's target. Faults as a sync would have them, but for the prune guard. */
export async function planApplication(name: string, ports: Ports, to?: RollbackDestination): Promise<Plan> {
  const rules = await ports.fleetRules.get();
  const { customizations } = rules;
  const found = await withSource(await findApplication(name, ports), to?.source ?? undefined, ports);
  const entry = withFleetDifferences(found, customizations);
  const { application, cluster, state } = entry;
  const { repoURL, targetRevision } = application.source;
  const permission = permissionOf(application.project, rules, ports.identityOf(cluster));
  refuseUnpermitted(application, [], permission);
  const reading = readingAs(application.project, ports);
  const sha = to?.revision ?? (await resolveNamed(repoURL, targetRevision, reading));
  const { desired: rendered, hooks, warnings } = await renderApplication(entry, sha, rules, reading);
  const record = forgetExcluded(await loadRecord(state.record, ports), { cluster, customizations });
  const desired = await chooseTracking(rendered, { record, cluster }, ports);
  const prune = to !== undefined || (application.syncPolicy.automated?.prune ?? false);
  const afterLoss = state.synced?.afterLoss ?? false;
  const plan = await rehearsePlan(
    {
      application,
      cluster,
      permission,
      revision: sha,
      desired,
      hooks: hooksToRun(hooks, 'sync', { operation: 'plan', revision: sha, startedAt: ports.now() }),
      runHooks: 'withChanges',
      record,
      drifted: state.drifted,
      afterLoss,
      prune,
      confirmed: true,
      removal: false,
      endedHooks: [],
      only: null,
    },
    actingPorts(entry, permission, ports),
  );
  return { ...plan, warnings };
}
