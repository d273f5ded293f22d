/** Tells a Secret of the core group, whose values nobody may see. */
import type { KubernetesObject } from './kubernetes-object.ts';
import { groupOf } from './object-key.ts';

/** Where client-side `kubectl apply` keeps what it sent, Secret values included. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

export function isSecret(object: KubernetesObject): boolean {
  return object.kind === 'Secret' && groupOf(object.apiVersion) === '';
}
