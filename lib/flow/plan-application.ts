/** What a sync would do now, rehearsed on the API server. Changes nothing and takes no lease. */
import { hooksToRun } from '../core/hook/hooks-to-run.ts';
import type { Plan } from '../core/plan/plan.ts';
import { resolveRevision } from '../core/revision/resolve-revision.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';
import { lookUpHeads } from './look-up-heads.ts';
import { rehearsePlan } from './rehearse-plan.ts';
import { renderApplication } from './render-application.ts';
import { loadRecord } from './stored-json.ts';

/** `revision` null: the Application's target. Faults as a sync would have them, but for the prune guard. */
export async function planApplication(name: string, ports: Ports, revision: string | null = null): Promise<Plan> {
  const entry = await findApplication(name, ports);
  const { application, cluster, state } = entry;
  const { repoURL, targetRevision } = application.source;
  const resolution = resolveRevision(await lookUpHeads(repoURL, ports), {
    repoURL,
    targetRevision: revision ?? targetRevision,
  });
  const sha =
    resolution.kind === 'sha'
      ? resolution.sha
      : (await ports.gitHost(repoURL).commit(repoURL, resolution.revision)).sha;
  const { desired, hooks, warnings } = await renderApplication(entry, sha, ports);
  const record = await loadRecord(state.record, ports);
  const prune = application.syncPolicy.automated?.prune ?? false;
  const afterLoss = state.synced?.afterLoss ?? false;
  const plan = await rehearsePlan(
    {
      application,
      cluster,
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
    ports,
  );
  return { ...plan, warnings };
}
