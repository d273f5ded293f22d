import { equal } from 'node:assert/strict';
import test from 'node:test';
import { isInUse } from '../../../lib/core/drift/is-in-use.ts';

for (const { it, kind, resource, gives } of [
  { it: 'a kind of the core group', kind: 'v1/ConfigMap', resource: ['', 'configmaps'], gives: true },
  { it: 'another kind of the group', kind: 'v1/ConfigMap', resource: ['', 'pods'], gives: false },
  { it: 'a kind of that name in another group', kind: 'v1/Event', resource: ['events.k8s.io', 'events'], gives: false },
  {
    it: 'a kind that was recorded in another version',
    kind: 'autoscaling/v1/HorizontalPodAutoscaler',
    resource: ['autoscaling', 'horizontalpodautoscalers'],
    gives: true,
  },
  {
    it: 'a kind that ends in s',
    kind: 'networking.k8s.io/v1/Ingress',
    resource: ['networking.k8s.io', 'ingresses'],
    gives: true,
  },
  {
    it: 'a kind that ends in y',
    kind: 'networking.k8s.io/v1/NetworkPolicy',
    resource: ['networking.k8s.io', 'networkpolicies'],
    gives: true,
  },
  { it: 'a kind that is a plural', kind: 'v1/Endpoints', resource: ['', 'endpoints'], gives: true },
  {
    it: 'a custom kind that is named by the rule',
    kind: 'cert-manager.io/v1/Certificate',
    resource: ['cert-manager.io', 'certificates'],
    gives: true,
  },
  {
    it: 'a custom kind that is not',
    kind: 'gateway.networking.k8s.io/v1/Gateway',
    resource: ['gateway.networking.k8s.io', 'gateways'],
    gives: true,
  },
  {
    it: 'a custom kind whose plural nobody could guess',
    kind: 'example.com/v1/Datum',
    resource: ['example.com', 'data'],
    gives: true,
  },
  {
    it: 'a custom kind of another group',
    kind: 'example.com/v1/Datum',
    resource: ['example.org', 'data'],
    gives: false,
  },
] as const)
  test(`is-in-use says ${gives ? 'yes' : 'no'} to ${it}`, () => {
    const [apiGroup, name] = resource;
    equal(isInUse({ apiGroup, resource: name, namespace: 'a', name: 'b', subresource: '' }, [kind]), gives);
  });

/** Of `kubectl api-resources` on Kubernetes 1.36: what the rule has to get right. */
const builtIn = [
  ['v1', 'Namespace', 'namespaces'],
  ['v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'],
  ['v1', 'ServiceAccount', 'serviceaccounts'],
  ['v1', 'ResourceQuota', 'resourcequotas'],
  ['v1', 'LimitRange', 'limitranges'],
  ['apps/v1', 'StatefulSet', 'statefulsets'],
  ['batch/v1', 'CronJob', 'cronjobs'],
  ['discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'],
  ['networking.k8s.io/v1', 'IngressClass', 'ingressclasses'],
  ['storage.k8s.io/v1', 'StorageClass', 'storageclasses'],
  ['storage.k8s.io/v1', 'CSIStorageCapacity', 'csistoragecapacities'],
  ['scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses'],
  ['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions'],
] as const;

for (const [apiVersion, kind, resource] of builtIn)
  test(`is-in-use knows ${resource} for ${kind}`, () => {
    const apiGroup = apiVersion === 'v1' ? '' : apiVersion.replace('/v1', '');
    equal(isInUse({ apiGroup, resource, namespace: '', name: '', subresource: '' }, [`${apiVersion}/${kind}`]), true);
  });
