/** Reads what one object asks for by its annotations, laid over what its Application asks for. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { ApplicationOptions } from './application-options.ts';
import type { ObjectOptions } from './object-options.ts';
import { wishOf } from './read-application-options.ts';
import { knownOptions } from './sync-options.ts';

const syncOptionsAnnotation = 'argocd.argoproj.io/sync-options';
const compareOptionsAnnotation = 'argocd.argoproj.io/compare-options';
const flux = 'kustomize.toolkit.fluxcd.io/';

/** `object` is the manifest, or the live object where somebody may have asked by hand. */
export function readObjectOptions(object: KubernetesObject, application: ApplicationOptions): ObjectOptions {
  const given = knownOptions(writtenOptions(object), 'object');
  const yes = (name: string, before: boolean) => (given[name] === undefined ? before : given[name] === 'true');
  const keeps = object.metadata.annotations?.['helm.sh/resource-policy'] === 'keep';
  const isReconciled = !fluxSays(object, 'reconcile', 'disabled');
  return {
    prune: keeps || fluxSays(object, 'prune', 'disabled') ? 'no' : wishOf(given.Prune, application.prune),
    delete: keeps || fluxSays(object, 'prune', 'disabled') ? 'no' : wishOf(given.Delete, application.delete),
    validate: yes('Validate', application.validate),
    skipDryRunOnMissingResource: yes('SkipDryRunOnMissingResource', application.skipDryRunOnMissingResource),
    pruneLast: yes('PruneLast', application.pruneLast),
    replace: yes('Replace', application.replace),
    force: fluxSays(object, 'force', 'enabled') || yes('Force', application.force),
    apply: isReconciled ? applyOf(object) : 'never',
    ignoreExtraneous: listOf(object, compareOptionsAnnotation).includes('IgnoreExtraneous'),
  };
}

/** As written in the annotation, one option each. */
export function writtenOptions(object: KubernetesObject): string[] {
  return listOf(object, syncOptionsAnnotation);
}

const ways = { merge: 'merge', ifnotpresent: 'ifAbsent', ignore: 'never' } as const;

function applyOf(object: KubernetesObject): ObjectOptions['apply'] {
  const way = Object.keys(ways).find((name): name is keyof typeof ways => fluxSays(object, 'ssa', name));
  return way === undefined ? 'always' : ways[way];
}

/** In a label or an annotation, whatever the case (fluxcd/pkg ssa, `AnyInMetadata`). */
function fluxSays({ metadata }: KubernetesObject, name: string, value: string): boolean {
  return [metadata.labels, metadata.annotations].some(
    (entries) => entries?.[`${flux}${name}`]?.toLowerCase() === value,
  );
}

function listOf({ metadata }: KubernetesObject, annotation: string): string[] {
  return (metadata.annotations?.[annotation] ?? '')
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}
