/** Reads from the annotations of an object whether it is a hook: Argo CD's, else Helm's. */
import { nearestName } from '../config/nearest-name.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { type Hook, type HookDeletePolicy, hookAnnotations, type Phase } from './hook.ts';

const [argoHook, helmHook] = hookAnnotations;

/**
 * null: an ordinary object. Without phases it is neither applied nor compared: it is for tests or rollbacks of Helm, to be
 * skipped, or not for this time; `unknown` says which words nobody knows.
 */
export function readHook(
  object: KubernetesObject,
  { everDeployed }: { everDeployed: boolean },
): (Hook & { unknown: string[] }) | null {
  const argo = wordsOf(object, argoHook);
  // As in Argo CD: with any hook annotation of its own, Helm's are not looked at.
  const words = argo.length > 0 ? argo : wordsOf(object, helmHook);
  // Helm 2's way of bringing a definition: an ordinary object since.
  if (words.length === 0 || words.every((word) => word === 'crd-install')) return null;
  const policies = argo.length > 0 ? argoPolicies(object) : helmPolicies(object);
  const phases = argo.length > 0 ? argo.flatMap(argoPhase) : words.flatMap((word) => helmPhase(word, everDeployed));
  return {
    phases: argo.includes('Skip') ? [] : [...new Set(phases)],
    deletePolicies: policies.length > 0 ? policies : ['BeforeHookCreation'],
    unknown: argo.filter((word) => !argoWords.includes(word)).map(sayUnknown),
  };
}

const argoPhases: readonly Phase[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete'];
const argoWords: readonly string[] = [...argoPhases, 'Skip'];

function argoPhase(word: string): Phase[] {
  return argoPhases.filter((phase) => phase === word);
}

/** Argo CD runs install and upgrade hooks at every sync; we know which it is. `test` and the rollback hooks have no phase there either. */
function helmPhase(word: string, everDeployed: boolean): Phase[] {
  switch (word) {
    case 'pre-install':
      return everDeployed ? [] : ['PreSync'];
    case 'pre-upgrade':
      return everDeployed ? ['PreSync'] : [];
    case 'post-install':
      return everDeployed ? [] : ['PostSync'];
    case 'post-upgrade':
      return everDeployed ? ['PostSync'] : [];
    case 'pre-delete':
      return ['PreDelete'];
    case 'post-delete':
      return ['PostDelete'];
    default:
      return [];
  }
}

const policyWords: readonly HookDeletePolicy[] = ['BeforeHookCreation', 'HookSucceeded', 'HookFailed'];

function argoPolicies(object: KubernetesObject): HookDeletePolicy[] {
  const written = wordsOf(object, 'argocd.argoproj.io/hook-delete-policy');
  return policyWords.filter((policy) => written.includes(policy));
}

function helmPolicies(object: KubernetesObject): HookDeletePolicy[] {
  const written = wordsOf(object, 'helm.sh/hook-delete-policy');
  return policyWords.filter((policy) => written.includes(inHelm(policy)));
}

/** `BeforeHookCreation` → `before-hook-creation`. */
function inHelm(policy: HookDeletePolicy): string {
  return policy.replaceAll(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

function sayUnknown(word: string): string {
  const nearest = nearestName(word, argoWords);
  return `${word} is no kind of hook${nearest === null ? '' : `; did you mean ${nearest}?`}`;
}

function wordsOf({ metadata }: KubernetesObject, annotation: string): string[] {
  return (metadata.annotations?.[annotation] ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
