/** What must stand in a cluster before it gives the answers of `refusals`. */
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { namespace } from './refusals.ts';

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io/v1';

/** A list whose items are told apart by `key`. */
function keyed(key: string, properties: Record<string, unknown>) {
  return {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': [key],
    items: { type: 'object', required: [key], properties: { [key]: { type: 'string' }, ...properties } },
  };
}

const shopSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1 },
        currency: { type: 'string', enum: ['EUR', 'USD'] },
        tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
        shelves: keyed('name', { books: keyed('isbn', { title: { type: 'string' } }) }),
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        fixed: {
          type: 'string',
          'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'Value is immutable' }],
        },
      },
    },
  },
};

const here = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };

export const shopKind: KubernetesObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'shops.lab.trueup.dev' },
  spec: {
    group: 'lab.trueup.dev',
    scope: 'Namespaced',
    names: { plural: 'shops', singular: 'shop', kind: 'Shop' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: shopSchema } }],
  },
};

export const setting: KubernetesObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'refusals-ending' } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'holds', namespace: 'refusals-ending', finalizers: ['trueup.dev/test'] },
  },
  shopKind,
  {
    apiVersion: admission,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'nothing-forbidden' },
    spec: {
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: [''],
            apiVersions: ['v1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['configmaps', 'secrets'],
          },
        ],
      },
      validations: [
        {
          expression: "!has(object.data) || !('forbidden' in object.data)",
          messageExpression: "'the key forbidden is not allowed, it holds ' + string(object.data['forbidden'])",
        },
      ],
    },
  },
  {
    apiVersion: admission,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'nothing-forbidden' },
    spec: { policyName: 'nothing-forbidden', validationActions: ['Deny'], matchResources: here },
  },
  {
    apiVersion: admission,
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'unreachable' },
    webhooks: [
      {
        name: 'unreachable.trueup.dev',
        clientConfig: { url: 'https://127.0.0.1:1/' },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['podtemplates'] }],
        ...here,
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 2,
      },
    ],
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'few', namespace },
    spec: { hard: { 'count/cronjobs.batch': '0' } },
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'Role',
    metadata: { name: 'restricted', namespace },
    rules: [
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'patch'] },
      { apiGroups: [rbac], resources: ['roles'], verbs: ['get', 'create', 'patch'] },
    ],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'restricted', namespace },
    roleRef: { apiGroup: rbac, kind: 'Role', name: 'restricted' },
    subjects: [{ kind: 'ServiceAccount', name: 'restricted', namespace }],
  },
];
