/** Why an object that left Git, or whose Application is removed, stays in the cluster all the same. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { ApplicationOptions, Wish } from '../options/application-options.ts';
import { readObjectOptions } from '../options/read-object-options.ts';

export type Leaving = {
  live: KubernetesObject;
  /** As last applied. */
  manifest: KubernetesObject;
  /** The Application is removed, not only this object. */
  removal: boolean;
};

/** What was asked in Git and what was asked by hand both count. null: nothing keeps it, but for `wishToRemove`'s confirm. */
export function whyKept({ live, manifest, removal }: Leaving, options: ApplicationOptions): string | null {
  if (removal && live.kind === 'CustomResourceDefinition')
    return 'a definition stays: with it every object of its kind would go';
  const keeps = [live, manifest].find((object) => wishOf(object, { removal }, options) === 'no');
  if (keeps === undefined) return null;
  const { annotations = {}, labels = {} } = keeps.metadata;
  if (annotations['helm.sh/resource-policy'] === 'keep') return 'helm.sh/resource-policy: keep';
  const flux = ['prune', 'reconcile'].find(
    (word) => `kustomize.toolkit.fluxcd.io/${word}` in { ...annotations, ...labels },
  );
  if (flux !== undefined) return `kustomize.toolkit.fluxcd.io/${flux}: disabled`;
  return removal ? 'Delete=false' : 'Prune=false';
}

/** True when a person's word is asked for first (Prune=confirm, Delete=confirm). */
export function asksFirst({ live, manifest, removal }: Leaving, options: ApplicationOptions): boolean {
  return [live, manifest].some((object) => wishOf(object, { removal }, options) === 'confirm');
}

function wishOf(object: KubernetesObject, { removal }: Pick<Leaving, 'removal'>, options: ApplicationOptions): Wish {
  const own = readObjectOptions(object, options);
  if (own.apply === 'never') return 'no';
  return removal ? own.delete : own.prune;
}
