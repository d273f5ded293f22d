/** Faults of the cluster. */
import type { FaultInfo } from '../catalogue.ts';

export const clusterFaults = {
  'cluster.unreachable': {
    http: 503,
    retry: 'later',
    says: 'The cluster {cluster} does not answer',
    hint: 'Check the endpoint in clusters[] and the network; Trueup tries again by itself.',
  },
  'cluster.unauthorized': {
    http: 401,
    retry: 'never',
    says: 'The cluster {cluster} refuses our credentials',
    hint: 'Renew the kubeconfig or the access entry that clusters[] names.',
  },
  'cluster.forbidden': {
    http: 403,
    retry: 'never',
    says: 'RBAC of {cluster} does not allow {verb} on {resource} in {where}',
    hint: 'Grant it to the identity Trueup uses: `kubectl auth can-i {verb} {resource} {scope}` shows the same answer.',
  },
  'cluster.account_forbidden': {
    http: 403,
    retry: 'never',
    says: 'RBAC of {cluster} does not allow the ServiceAccount {account} {verb} on {resource} in {where}',
    hint: 'Grant it to that account, as which the AppProject says to deploy: `kubectl auth can-i {verb} {resource} {scope} --as system:serviceaccount:{account}` shows the same answer.',
  },
  'cluster.may_not_impersonate': {
    http: 403,
    retry: 'never',
    says: 'Trueup may not act as the ServiceAccount {account} in {cluster}',
    hint: 'Add this rule to a Role that Trueup has in the namespace of that account, or to its ClusterRole: {rule}',
  },
  'cluster.unknown_kind': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: the cluster {cluster} does not know {kind} in {apiVersion}',
    hint: 'Install its CustomResourceDefinition first, in the same Application or another, or correct the apiVersion.',
  },
  'cluster.namespace_missing': {
    http: 404,
    retry: 'never',
    says: '{file}:{line}: the namespace {namespace} does not exist in {cluster}',
    hint: 'Add the Namespace to Git, or set syncPolicy.syncOptions: [CreateNamespace=true].',
  },
  'cluster.namespace_terminating': {
    http: 409,
    retry: 'later',
    says: 'The namespace {namespace} is being deleted in {cluster}, so {object} cannot be put there',
    hint: 'Wait until it is gone: kubectl get namespace {namespace} -o yaml names what still holds it.',
  },
  'cluster.kind_gone': {
    http: 404,
    retry: 'later',
    says: 'The cluster {cluster} no longer serves {kind} in {apiVersion}',
    hint: 'Its CustomResourceDefinition was removed, or serves another version now; Trueup looks again by itself.',
  },
  'cluster.kubeconfig_invalid': {
    http: 500,
    retry: 'never',
    says: 'The kubeconfig {path} of cluster {cluster} cannot be used',
    hint: 'Try it on your machine: kubectl --kubeconfig FILE get --raw /readyz.',
  },
  'cluster.failed': {
    http: 502,
    retry: 'later',
    says: 'The API server of {cluster} answered {status}',
    hint: 'Look at the log of the API server; Trueup tries again by itself.',
  },
  'cluster.expired': {
    http: 410,
    retry: 'later',
    says: 'The cluster {cluster} no longer remembers resourceVersion {resourceVersion} of {resource}',
    hint: 'Trueup lists again by itself.',
  },
} as const satisfies Record<string, FaultInfo>;
