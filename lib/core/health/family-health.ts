/** Whole families of custom resources whose members say in one way how they fare: clouds and their operators, by group. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { conditionsOf, findCondition, sayCondition } from './conditions.ts';
import { customResourceHealth } from './custom-resource-health.ts';
import type { Health } from './health.ts';
import type { HealthRule } from './health-rules.ts';
import { fieldAt } from './read-field.ts';
import { unlessSuspended } from './suspendable-health.ts';

const notSeen: Health = { status: 'Progressing', because: 'Its controller has not looked at it yet' };

/** Kinds of Crossplane that only configure: nothing reports on them. */
const configuring = /(Config|ConfigUsage|Usage|Composition|CompositionRevision|Policy)$/;

/** crossplane.io, "Managed resources", conditions: Synced says whether the provider gets through to the cloud, Ready whether it is there. */
function crossplaneHealth(object: KubernetesObject): Health | null {
  const synced = findCondition(object, 'Synced');
  const ready = findCondition(object, 'Ready');
  if (synced === undefined && ready === undefined) return configuring.test(object.kind) ? null : notSeen;
  if (synced?.status === 'False') return { status: 'Degraded', because: sayCondition(synced, 'It is not in sync') };
  if (ready?.status === 'True') return { status: 'Healthy' };
  return {
    status: 'Progressing',
    because: ready === undefined ? 'It is not ready yet' : sayCondition(ready, 'It is not ready yet'),
  };
}

/** crossplane.io, "Packages": what is installed, and whether it runs. */
function packageHealth(object: KubernetesObject): Health | null {
  const found = ['Installed', 'Healthy'].map((type) => findCondition(object, type));
  if (found.every((condition) => condition === undefined)) return configuring.test(object.kind) ? null : notSeen;
  const failed = found.find((condition) => condition?.status === 'False');
  if (failed !== undefined) return { status: 'Degraded', because: sayCondition(failed, `It is not ${failed.type}`) };
  return found.every((condition) => condition === undefined || condition.status === 'True')
    ? { status: 'Healthy' }
    : { status: 'Progressing', because: 'It is being installed' };
}

/** crossplane.io, "Composite resource definitions". */
function compositeDefinitionHealth(object: KubernetesObject): Health {
  const established = findCondition(object, 'Established');
  if (established?.status === 'True') return { status: 'Healthy' };
  return established === undefined
    ? notSeen
    : { status: 'Progressing', because: sayCondition(established, 'It is not established yet') };
}

/** aws-controllers-k8s.github.io, "Conditions": Terminal is not tried again, Recoverable is. */
function ackHealth(object: KubernetesObject): Health {
  const terminal = findCondition(object, 'ACK.Terminal');
  if (terminal?.status === 'True') return { status: 'Degraded', because: sayCondition(terminal, 'It has given up') };
  const synced = findCondition(object, 'ACK.ResourceSynced');
  if (synced === undefined) return notSeen;
  if (synced.status === 'True') return { status: 'Healthy' };
  const recoverable = conditionsOf(object).find(({ type, status }) => type === 'ACK.Recoverable' && status === 'True');
  return { status: 'Progressing', because: sayCondition(recoverable ?? synced, 'It is not in sync yet') };
}

/** cloud.google.com/config-connector, "Status": of what is not ready the reason says whether it is still under way. */
function configConnectorHealth(object: KubernetesObject): Health | null {
  const works = fieldAt(object, 'status', 'healthy');
  if (works === true) return { status: 'Healthy' };
  if (works === false) return { status: 'Progressing', because: 'It does not work yet' };
  const ready = findCondition(object, 'Ready');
  if (ready === undefined)
    return /^Config|^Controller|^Namespaced|^Mutating|^Validating/.test(object.kind) ? null : notSeen;
  if (ready.status === 'True') return { status: 'Healthy' };
  const failed = /Failed$|Invalid$|^ManagementConflict$/.test(ready.reason);
  return { status: failed ? 'Degraded' : 'Progressing', because: sayCondition(ready, 'It is not ready yet') };
}

/** strimzi.io, "Conditions": beside Ready there is a NotReady, whose reason says whether it is only being made. */
function strimziHealth(object: KubernetesObject): Health {
  const paused = findCondition(object, 'ReconciliationPaused');
  if (paused?.status === 'True') return { status: 'Suspended', because: 'Its operator was told to leave it alone' };
  if (findCondition(object, 'Ready')?.status === 'True') return { status: 'Healthy' };
  const notReady = findCondition(object, 'NotReady');
  if (notReady?.status !== 'True') return notSeen;
  const isMade = notReady.reason === 'Creating';
  return { status: isMade ? 'Progressing' : 'Degraded', because: sayCondition(notReady, 'It is not ready') };
}

/** The first that matches counts; globs, as in argocd-cm. */
export const families: readonly HealthRule[] = [
  { group: 'apiextensions.crossplane.io', kind: 'CompositeResourceDefinition', assess: compositeDefinitionHealth },
  { group: 'pkg.crossplane.io', kind: '*', assess: packageHealth },
  { group: '*.crossplane.io', kind: '*', assess: crossplaneHealth },
  { group: '*.upbound.io', kind: '*', assess: crossplaneHealth },
  { group: '*.services.k8s.aws', kind: '*', assess: ackHealth },
  { group: '*.cnrm.cloud.google.com', kind: '*', assess: configConnectorHealth },
  ...['helm', 'image', 'kustomize', 'notification', 'source'].map((each) => ({
    group: `${each}.toolkit.fluxcd.io`,
    kind: '*',
    assess: unlessSuspended(customResourceHealth),
  })),
  { group: 'kafka.strimzi.io', kind: '*', assess: strimziHealth },
];
