/** Says whether what an audit event names may be of one of the kinds in use. A wrong yes costs a sweep, a wrong no a minute. */
import { isCustomGroup } from '../object/is-custom-group.ts';
import { parseKind } from '../object/object-key.ts';
import type { AuditedObject } from './read-audit-events.ts';

/**
 * Audit events name the plural resource, the record names kinds, and only discovery, for which the cluster would have to be
 * asked, knows both for certain. So the plural is guessed. Kubernetes' own resources are all named by the rule; an author
 * of a CustomResourceDefinition may choose any word (Gateway: `gateways`), so of such a group every resource counts.
 * `kinds`: as `apiVersion/kind`.
 */
export function isInUse({ apiGroup, resource }: AuditedObject, kinds: Iterable<string>): boolean {
  for (const kind of kinds) {
    const used = parseKind(kind);
    if (used.group !== apiGroup) continue;
    if (isCustomGroup(apiGroup) || pluralOf(used.kind) === resource) return true;
  }
  return false;
}

/** As `UnsafeGuessKindToResource` of k8s.io/apimachinery. */
function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('endpoints')) return singular;
  if (singular.endsWith('s')) return `${singular}es`;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
