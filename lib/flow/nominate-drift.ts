/** Which fields of a live object are not as they were put there, by the rules for what is ignored. Only nominates: see core/drift/find-drift.ts. */
import { findDrift, type Nomination } from '../core/drift/find-drift.ts';
import { driftRules } from '../core/drift/ignored-paths.ts';
import { isReplicas } from '../core/drift/replicas.ts';
import { writersOf } from '../core/drift/writers.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { AppliedObject, RecordedObject } from '../core/record/record.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { driftRulesOf } from './drift-rules-of.ts';
import { isAutoscaled } from './is-autoscaled.ts';

/** `live` with its secret values sealed. `problems`: why it is not certain what is to be ignored. */
export async function nominateDrift(
  { recorded, applied, live }: { recorded: RecordedObject; applied: AppliedObject; live: KubernetesObject },
  entry: Pick<Entry, 'application' | 'cluster'>,
  ports: Pick<Ports, 'cluster' | 'jq' | 'log'>,
): Promise<{ nomination: Nomination; problems: string[] }> {
  const wanted = recorded.manifest;
  const { rules, compared, problems } = await driftRulesOf({ live, wanted, autoscaled: false }, entry, ports);
  const nomination = findDrift(applied, live, rules);
  if (!concernsReplicas(nomination) || !(await isAutoscaled(recorded.key, entry, ports)))
    return { nomination, problems };
  const autoscaled = driftRules({ ...compared, autoscaled: true }, writersOf(entry.application));
  return { nomination: findDrift(applied, live, autoscaled), problems };
}

function concernsReplicas(nomination: Nomination): boolean {
  return nomination.verdict === 'drifted' && [...nomination.changed, ...nomination.added].some(isReplicas);
}
