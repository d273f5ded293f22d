/** Faults of the demo. */
import type { FaultInfo } from '../catalogue.ts';

export const demoFaults = {
  'demo.broken_promise': {
    http: 500,
    retry: 'later',
    says: 'After {seconds} s it is still not so: {promise}',
    hint: 'The last events and the log of trueup serve are above. On a very busy machine run it again; else report it.',
  },
  'demo.namespace_taken': {
    http: 409,
    retry: 'never',
    says: 'The cluster of {kubeconfig} already has a namespace {namespace}',
    hint: 'The demo makes it and deletes it again, so it must not be yours. If an earlier demo left it: kubectl delete namespace {namespace}',
  },
  'demo.cluster_unusable': {
    http: 502,
    retry: 'never',
    says: '{kubeconfig} does not lead to a cluster',
    hint: 'This has to work: kubectl --kubeconfig {kubeconfig} get namespaces',
  },
  'demo.program_missing': {
    http: 500,
    retry: 'never',
    says: '{program} cannot be run',
    hint: 'The demo really commits and pushes: install git (https://git-scm.com/downloads) and run it again.',
  },
} as const satisfies Record<string, FaultInfo>;
