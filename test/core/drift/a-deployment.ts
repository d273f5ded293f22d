/** A Deployment as an API server gives it back after Trueup applied it, and what kubectl and controllers do to it. */
import { settle } from '../../../lib/core/drift/find-drift.ts';
import type { FieldsV1, KubernetesObject, ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';
import type { AppliedObject } from '../../../lib/core/record/record.ts';

const web = 'k:{"name":"web"}';
export const template = ['f:spec', 'f:template', 'f:spec', 'f:containers', web] as const;

/** What Trueup's entry names; `resources: {}` is a leaf. */
export const ours: FieldsV1 = {
  'f:metadata': { 'f:annotations': { 'f:trueup.dev/tracking-id': {} }, 'f:labels': { 'f:app': {} } },
  'f:spec': {
    'f:replicas': {},
    'f:selector': {},
    'f:template': {
      'f:metadata': { 'f:labels': { 'f:app': {} } },
      'f:spec': {
        'f:containers': {
          [web]: {
            '.': {},
            'f:args': {},
            'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
            'f:image': {},
            'f:name': {},
            'f:resources': {},
          },
        },
      },
    },
  },
};

const entry = (fieldsV1: FieldsV1): ManagedFieldsEntry => ({
  manager: 'trueup',
  operation: 'Apply',
  apiVersion: 'apps/v1',
  time: '2026-05-01T12:00:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1,
});

/** With what the server fills in by itself, and what the Deployment's controller writes on it. */
export function aDeployment(): KubernetesObject {
  return structuredClone({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'uid-1',
      resourceVersion: '10',
      generation: 1,
      annotations: {
        'trueup.dev/tracking-id': 'shop:apps/Deployment:shop/web',
        'deployment.kubernetes.io/revision': '1',
      },
      labels: { app: 'web' },
      managedFields: [
        entry(ours),
        {
          manager: 'kube-controller-manager',
          operation: 'Update',
          subresource: 'status',
          time: '2026-05-01T12:00:01Z',
          fieldsV1: {
            'f:metadata': { 'f:annotations': { 'f:deployment.kubernetes.io/revision': {} } },
            'f:status': { 'f:replicas': {} },
          },
        },
      ],
    },
    spec: {
      progressDeadlineSeconds: 600,
      replicas: 5,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            {
              name: 'web',
              image: 'nginx:1',
              args: ['--quiet'],
              env: [{ name: 'A', value: '1' }],
              imagePullPolicy: 'IfNotPresent',
              resources: {},
            },
          ],
          restartPolicy: 'Always',
        },
      },
    },
    status: { replicas: 5 },
  });
}

/** What the record keeps of it. */
export function anApplied(live: KubernetesObject = aDeployment()): AppliedObject {
  const { uid = '', resourceVersion = '' } = live.metadata;
  return { uid, resourceVersion, fieldsV1: ours, settled: settle(live, ours), health: null };
}

export type Edit = {
  manager: string;
  operation?: 'Apply' | 'Update';
  subresource?: string;
  time?: string;
  /** What its entry names afterwards; those of ours it took away leave our entry, as the server has it for an Update. */
  owns?: FieldsV1;
  takes?: (ourFields: FieldsV1) => FieldsV1;
  change?: (object: KubernetesObject) => void;
};

/** The live object after somebody wrote to it. */
export function edited(edit: Edit, before = aDeployment()): KubernetesObject {
  const live = structuredClone(before);
  edit.change?.(live);
  const { manager, operation = 'Update', subresource, time = '2026-05-01T12:03:00Z', owns } = edit;
  const written =
    owns === undefined ? [] : [{ manager, operation, time, fieldsV1: owns, ...(subresource && { subresource }) }];
  const entries = (live.metadata.managedFields ?? []).map((known) =>
    known.manager === 'trueup' && edit.takes ? entry(edit.takes(known.fieldsV1 ?? {})) : known,
  );
  const resourceVersion = String(Number(live.metadata.resourceVersion) + 1);
  return { ...live, metadata: { ...live.metadata, resourceVersion, managedFields: [...entries, ...written] } };
}

/** A field path of the first container as a trie. */
export function inContainer(fields: FieldsV1): FieldsV1 {
  return { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { [web]: fields } } } } };
}

type PodSpec = { containers: [{ env: object[]; args: string[]; image: string; resources: object }] };
type DeploymentSpec = { replicas: number; template: { metadata: { annotations?: object }; spec: PodSpec } };

export function specOf(object: KubernetesObject): DeploymentSpec {
  return object.spec as DeploymentSpec;
}

export function containerOf(object: KubernetesObject): PodSpec['containers'][0] {
  return specOf(object).template.spec.containers[0];
}
