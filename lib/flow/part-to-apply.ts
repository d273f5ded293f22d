/** Which part of what Git wants is set on an object that is there: all but what others set, or nobody wants undone. */
import type { FieldPath } from '../core/drift/field-paths.ts';
import type { DriftRules } from '../core/drift/find-drift.ts';
import { fillFromLive, leaveOut } from '../core/drift/leave-out.ts';
import { placesLeftOut } from '../core/drift/places-left-out.ts';
import { isReplicas, replicasOf } from '../core/drift/replicas.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey } from '../core/object/object-key.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import type { Desired } from '../core/plan/desired.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { driftRulesOf } from './drift-rules-of.ts';
import { isAutoscaled } from './is-autoscaled.ts';

export type PartToApply = {
  object: KubernetesObject;
  /** The same for a dry run, before which nothing can be given up: what is left out stands as it is in the cluster. */
  rehearsable: KubernetesObject;
  rules: DriftRules;
  /** Fields of ours that stop being ours first, so that leaving them out leaves them as they are. */
  isGivenUp(path: FieldPath): boolean;
  problems: string[];
};

/** `heals`: undoing drift never touches what is ignored; a sync does, as in Argo CD, unless RespectIgnoreDifferences is set. Fault sync.ignore_rule. */
export async function partToApply(
  { wanted, live, heals }: { wanted: Desired; live: KubernetesObject; heals: boolean },
  entry: Pick<Entry, 'application' | 'cluster'>,
  ports: Ports,
): Promise<PartToApply> {
  const { object, key } = wanted;
  const respectIgnored =
    heals || readApplicationOptions(entry.application.syncPolicy.syncOptions).respectIgnoreDifferences;
  const sealed = { live: sealSecret(live, ports.installationKey), wanted: sealSecret(object, ports.installationKey) };
  const autoscaled = haveMoved(object, live) && (await isAutoscaled(key, entry, ports));
  const { rules, compared, problems } = await driftRulesOf({ ...sealed, autoscaled }, entry, ports);
  const [problem] = problems;
  if (respectIgnored && problem !== undefined) {
    const { name: application } = entry.application;
    throw new Fault('sync.ignore_rule', { ...wanted.origin, application, object: formatKey(key), because: problem });
  }
  const paths = placesLeftOut(compared, { respectIgnored });
  const entries = live.metadata.managedFields ?? [];
  return {
    object: leaveOut({ wanted: object, live, paths }),
    rehearsable: fillFromLive({ wanted: object, live, paths }),
    rules,
    isGivenUp: (path) => (respectIgnored || isReplicas(path)) && rules.ignores(path, entries),
    problems,
  };
}

/** Replicas that Git does not name are given up without asking. */
function haveMoved(wanted: KubernetesObject, live: KubernetesObject): boolean {
  const replicas = replicasOf(wanted);
  return replicas !== undefined && replicas !== replicasOf(live);
}
