/** Faults of the `argocd-cm` document of a fleet: health, actions and ignored differences of whole kinds. */
import type { FaultInfo } from '../catalogue.ts';

export const customizationFaults = {
  'customization.invalid': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: argocd-cm is not valid at {path}',
    hint: 'Found {found}; allowed: {allowed}.',
  },
  'customization.keys_not_read': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: These keys of argocd-cm are not acted on: {keys}',
    hint: 'They configure Argo CD itself: its address, its users, its watches. They do no harm here.',
  },
  'customization.duplicate': {
    http: 409,
    retry: 'never',
    says: 'The ConfigMap argocd-cm is in {file} and in {other}',
    hint: 'A fleet has one: put what both say into one of them.',
  },
} as const satisfies Record<string, FaultInfo>;
