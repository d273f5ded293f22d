/** Says whether what an audit event names may be of one of the kinds in use. A wrong yes costs a sweep, a wrong no a minute. */
import { groupOf } from '../object/object-key.ts';
import type { AuditedObject } from './read-audit-events.ts';

/**
 * Audit events name the plural resource, the record names kinds, and only discovery, for which the cluster would have to be
 * asked, knows both for certain. So the plural is guessed. Kubernetes' own resources are all named by the rule; an author
 * of a CustomResourceDefinition may choose any word (Gateway: `gateways`), so of such a group every resource counts.
 * `kinds`: as `apiVersion/kind`.
 */
export function isInUse({ apiGroup, resource }: AuditedObject, kinds: Iterable<string>): boolean {
  for (const kind of kinds) {
    const slash = kind.lastIndexOf('/');
    if (groupOf(kind.slice(0, slash)) !== apiGroup) continue;
    if (!ownGroups.includes(apiGroup) || pluralOf(kind.slice(slash + 1)) === resource) return true;
  }
  return false;
}

/** https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/ */
const ownGroups = [
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
];

/** As `UnsafeGuessKindToResource` of k8s.io/apimachinery. */
function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) return singular;
  if (singular.endsWith('s')) return `${singular}es`;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
