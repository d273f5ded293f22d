/** Says whether an audit event tells of a change that we did not make ourselves and that is no daily work of the cluster. */
import type { AuditEvent, AuditedObject } from './read-audit-events.ts';

/** `nothing`: read, refused, rehearsed, or of no interest to Git. */
export type AuditVerdict = 'change' | 'ours' | 'control plane' | 'nothing';

export function judgeAuditEvent(event: AuditEvent): AuditVerdict {
  const { objectRef, user, userAgent } = event;
  if (objectRef === undefined || !hasChanged(event) || !isSpecified(objectRef)) return 'nothing';
  // By this alone, since the name we have in a cluster is the cluster's business. Who forges it wakes nobody, and is found
  // by the next sweep, a minute later: sweeps look at objects, not at who claims to have written them.
  if (userAgent.startsWith('trueup/')) return 'ours';
  return isControlPlane(user.username) ? 'control plane' : 'change';
}

const changingVerbs = ['create', 'update', 'patch', 'delete', 'deletecollection'];

function hasChanged({ stage, verb, requestURI, responseStatus }: AuditEvent): boolean {
  if (stage !== 'ResponseComplete' || !changingVerbs.includes(verb)) return false;
  return (responseStatus?.code ?? 200) < 300 && !isRehearsal(requestURI);
}

function isRehearsal(requestURI: string): boolean {
  const query = requestURI.indexOf('?');
  return query >= 0 && new URLSearchParams(requestURI.slice(query)).has('dryRun');
}

/** Leases and events come by the hundred a minute. */
const unspecified = ['coordination.k8s.io/leases', '/events', 'events.k8s.io/events'];

/** Of the subresources those that write what stands in a manifest: not `status`, and not `exec`, `token` or `binding`. */
const specifyingSubresources = ['', 'scale', 'resize', 'ephemeralcontainers'];

function isSpecified({ apiGroup, resource, subresource }: AuditedObject): boolean {
  return specifyingSubresources.includes(subresource) && !unspecified.includes(`${apiGroup}/${resource}`);
}

/**
 * Components of Kubernetes and of EKS (https://docs.aws.amazon.com/eks/latest/userguide/default-roles-users.html). What they
 * do for a person, as deleting what was in a Namespace, is found by the next sweep. Who impersonates them is named as himself.
 */
const controlPlane = [
  'system:kube-controller-manager',
  'system:kube-scheduler',
  'system:cloud-controller-manager',
  'system:apiserver',
];
const controlPlanePrefixes = ['system:node:', 'system:serviceaccount:kube-system:', 'eks:'];

function isControlPlane(username: string): boolean {
  return controlPlane.includes(username) || controlPlanePrefixes.some((prefix) => username.startsWith(prefix));
}
