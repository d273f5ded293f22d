/** Sorts what an action wants into writes, and refuses what would make the object another one, or somebody else's. */
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../fault/fault.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { formatKey, keyOf } from '../object/object-key.ts';
import type { Effect } from './action.ts';
import { creationBy } from './creation-by.ts';
import { identityOf } from './identity-of.ts';
import { mergePatch } from './merge-patch.ts';

export type Writes = {
  /** Merge patches of the object without its status, and of its status; null: nothing changes there. */
  patch: Record<string, unknown> | null;
  status: Record<string, unknown> | null;
  creates: KubernetesObject[];
};

/** Fault action.refused. */
export function checkEffects(effects: readonly Effect[], object: KubernetesObject, action: string): Writes {
  const refuse = (because: string): never => {
    throw new Fault('action.refused', { action, object: formatKey(keyOf(object)), because });
  };
  const wanted = (operation: Effect['operation']) =>
    effects.filter((effect) => effect.operation === operation).map(({ resource }) => resource);
  const [changed = object, ...more] = wanted('patch');
  if (more.length > 0) refuse('it changes more than the object it is run on');
  refuseOther(object, changed, refuse);
  const { status: before, ...rest } = withoutManagedFields(object);
  const { status: after, ...restAfter } = withoutManagedFields(changed);
  return {
    patch: mergePatch(rest, restAfter),
    status: mergePatch({ status: before }, { status: after }),
    creates: wanted('create').map((resource) => creationBy(object, resource, refuse)),
  };
}

function refuseOther(object: KubernetesObject, changed: KubernetesObject, refuse: (because: string) => never): void {
  const [before, after] = [identityOf(object), identityOf(changed)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const name = names.find((each) => !isDeepStrictEqual(before[each], after[each]));
  if (name === undefined) return;
  const say = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  refuse(`it changes ${name} from ${say(before[name])} to ${say(after[name])}`);
}

/** Scripts do not see them, and nobody may send them. */
function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
