/** Tells groups of custom resources from those that every API server has. */

/**
 * https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/. `gateway.networking.k8s.io` and the like are
 * definitions: only the name is Kubernetes' own.
 */
const builtIn: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'policy',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

export function isCustomGroup(group: string): boolean {
  return !builtIn.has(group);
}
