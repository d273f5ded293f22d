/** Finds what a refused update would have changed at fields that cannot be changed: the old value, in the cluster, and the new one, in Git. */
import { diffObjects } from '../event/diff-objects.ts';
import type { FieldChange } from '../event/field-change.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';

export type RefusedUpdate = {
  /** As the API server names them: `spec.selector`, `spec.clusterIPs[0]`, `spec`. */
  fields: readonly string[];
  /** What may be changed all the same: `spec.replicas`, `spec.containers[*].image`. */
  except: readonly string[];
  live: KubernetesObject;
  wanted: KubernetesObject;
  /** As Git wanted it before; null where it is not known. */
  before: KubernetesObject | null;
};

/** Secret values are masked. Empty: the refusal names nothing in which the two can be seen to differ. */
export function immutableChanges({ fields, except, live, wanted, before }: RefusedUpdate): FieldChange[] {
  const given = new Set(diffObjects(before, wanted, unlimited).map(({ path }) => path));
  // What only the server has set is no change: nobody takes away what nobody wrote.
  const changes = diffObjects(live, wanted, unlimited)
    .filter(({ path, to }) => to !== undefined || (before !== null && given.has(path)))
    .filter(({ path }) => !except.some((allowed) => isAt(path, allowed)));
  const named = fields.flatMap((field) => nearest(field, changes));
  return changes.filter((change) => named.includes(change)).slice(0, mostChanges);
}

const mostChanges = 20;
const unlimited = { maxChanges: Number.POSITIVE_INFINITY, maxLength: 160 };

/** Below the field itself, else below what it is part of: `clusterIP` is refused as `clusterIPs[0]`. */
function nearest(field: string, changes: readonly FieldChange[]): FieldChange[] {
  for (let at = field; at !== ''; at = at.replace(/(^|\.|\[)[^.[]*$/, '')) {
    const below = changes.filter(({ path }) => isAt(path, at));
    if (below.length > 0) return below;
  }
  return [];
}

/** True when `path` is the field or lies in it; `[*]` stands for any item. */
function isAt(path: string, field: string): boolean {
  const pattern = field.split('[*]').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('\\[[^\\]]*\\]')}($|[.[ ])`).test(path);
}
