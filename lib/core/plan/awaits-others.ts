/** Knows which objects cannot be rehearsed yet, because something they need is created or changed in the same sync. */
import type { Desired } from './desired.ts';
import type { Applying } from './plan.ts';

/** Kinds that make room for other objects or decide about them, and all the others. */
export function creators(desired: readonly Desired[]): [Desired[], Desired[]] {
  return [desired.filter(isCreator), desired.filter((item) => !isCreator(item))];
}

function isCreator({ key }: Desired): boolean {
  return key.kind === 'Namespace' || key.kind === 'CustomResourceDefinition';
}

/** True when `desired` lives in a Namespace that is yet to come, or is of a kind whose definition this sync brings or changes. */
export function awaitsOthers(desired: Desired, created: readonly Applying[]): boolean {
  if (!desired.served) return true;
  return created.some(({ key, action }) => {
    if (key.kind === 'Namespace') return action === 'create' && key.name === desired.key.namespace;
    // A definition is named `plural.group`.
    return key.kind === 'CustomResourceDefinition' && key.name.endsWith(`.${desired.key.group}`);
  });
}
