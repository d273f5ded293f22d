/** The name of an object in a cluster, whatever version of its API it is written in. */
import type { KubernetesObject } from './kubernetes-object.ts';

/** `namespace` is empty for a cluster-scoped object, `group` for the core group. */
export type ObjectKey = { group: string; kind: string; namespace: string; name: string };

export function keyOf(object: KubernetesObject): ObjectKey {
  return {
    group: groupOf(object.apiVersion),
    kind: object.kind,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  };
}

/** `apps/v1` → `apps`; `v1` → ``. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** `apps/Deployment shop/nginx`, `Namespace shop`: for people, logs and map keys alike; unique within a cluster. */
export function formatKey(key: ObjectKey): string {
  const kind = key.group === '' ? key.kind : `${key.group}/${key.kind}`;
  return key.namespace === '' ? `${kind} ${key.name}` : `${kind} ${key.namespace}/${key.name}`;
}

/** Reads what `formatKey` wrote. */
export function parseKey(text: string): ObjectKey {
  const [kind = '', name = ''] = text.split(' ');
  const [group, bareKind] = splitLast(kind);
  const [namespace, bareName] = splitLast(name);
  return { group, kind: bareKind, namespace, name: bareName };
}

/** Group and kind of `apiVersion/kind`: `apps/v1/Deployment`. */
export function parseKind(text: string): Pick<ObjectKey, 'group' | 'kind'> {
  const [apiVersion, kind] = splitLast(text);
  return { group: groupOf(apiVersion), kind };
}

function splitLast(text: string): [string, string] {
  const slash = text.lastIndexOf('/');
  return slash < 0 ? ['', text] : [text.slice(0, slash), text.slice(slash + 1)];
}
