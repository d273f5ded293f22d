/** Where an object stands in the API. */
import { Fault } from '../../core/fault/fault.ts';
import { groupOf } from '../../core/object/object-key.ts';
import type { ServedKind } from '../../ports/cluster.ts';

/** `/apis/apps/v1/namespaces/shop/deployments/nginx`; a cluster-scoped kind leaves the namespace out. */
export function objectPath(kind: ServedKind, ref: { namespace: string; name: string }): string {
  const path = collectionPath(kind, kind.namespaced ? namespaceOf(kind, ref.namespace) : undefined);
  return `${path}/${segment('metadata.name', kind, ref.name)}`;
}

/** Without `namespace`: of the whole cluster. */
export function collectionPath(kind: ServedKind, namespace?: string): string {
  const root = `${groupOf(kind.apiVersion) === '' ? '/api' : '/apis'}/${kind.apiVersion}`;
  const within = namespace && kind.namespaced ? `/namespaces/${segment('metadata.namespace', kind, namespace)}` : '';
  return `${root}${within}/${kind.plural}`;
}

/** As kubectl: what names no namespace lives in `default`. */
export function namespaceOf(kind: ServedKind, namespace: string | undefined): string {
  if (!kind.namespaced) return '';
  return namespace || 'default';
}

/** `deployments.apps`, as in RBAC's messages and `kubectl auth can-i`. */
export function resourceOf(kind: ServedKind): string {
  const group = groupOf(kind.apiVersion);
  return group === '' ? kind.plural : `${kind.plural}.${group}`;
}

/**
 * The API server cleans paths: DELETE of a ConfigMap named `..` would reach its Namespace, an empty name the whole
 * collection.
 */
function segment(field: string, { kind }: ServedKind, text: string): string {
  if (text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text)) return encodeURIComponent(text);
  const because = `${field}: "${text}" is not a name: it may not be empty, "." or "..", nor contain "/" or "%"`;
  throw new Fault('apply.invalid', { object: `${kind} ${text}`, fields: [field], because });
}
