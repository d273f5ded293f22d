/** The refusals of an API server that tests of flows are about: kinds, namespaces, required, unknown and fixed fields. */
import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { isRecord } from '../../../lib/core/object/is-record.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../../../lib/core/object/object-key.ts';
import type { ServedKind } from '../../../lib/ports/cluster.ts';

const all = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

export const servedKinds: ServedKind[] = [
  served('v1', 'ConfigMap', 'configmaps'),
  served('v1', 'Secret', 'secrets'),
  served('v1', 'Pod', 'pods'),
  served('v1', 'Service', 'services'),
  served('v1', 'ServiceAccount', 'serviceaccounts'),
  // Not bound, so not healthy, before a test reports it.
  served('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  served('apps/v1', 'Deployment', 'deployments'),
  served('rbac.authorization.k8s.io/v1', 'Role', 'roles'),
  { ...served('v1', 'Namespace', 'namespaces'), namespaced: false },
  { ...served('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses'), namespaced: false },
  { ...served('authentication.k8s.io/v1', 'TokenReview', 'tokenreviews'), namespaced: false, verbs: ['create'] },
];

function served(apiVersion: string, kind: string, plural: string): ServedKind {
  return { apiVersion, kind, plural, namespaced: true, verbs: all };
}

export function kindOf({ apiVersion, kind }: { apiVersion: string; kind: string }): ServedKind | undefined {
  return servedKinds.find((one) => one.apiVersion === apiVersion && one.kind === kind);
}

export type Judging = {
  live: KubernetesObject | undefined;
  /** undefined: every one exists. */
  namespaces: ReadonlySet<string> | undefined;
  /** The whole object cannot be changed. */
  isFixed: boolean;
  validate: boolean;
};

export function judgeWrite(object: KubernetesObject, { live, namespaces, isFixed, validate }: Judging): void {
  const kind = kindOf(object);
  const { apiVersion } = object;
  const name = formatKey(keyOf(object));
  if (kind === undefined) throw new Fault('cluster.unknown_kind', { cluster: 'prod', apiVersion, kind: object.kind });
  if (!kind.verbs.includes('patch'))
    throw new Fault('apply.invalid', { object: name, fields: ['kind'], because: 'it cannot be kept' });
  const { namespace = '' } = object.metadata;
  if (kind.namespaced && namespaces?.has(namespace) === false)
    throw new Fault('cluster.namespace_missing', { cluster: 'prod', namespace, object: name });
  const fields = wrongFields(object, validate);
  if (fields.length > 0) throw new Fault('apply.invalid', { object: name, fields, because: 'it is not valid' });
  const isImmutable = isFixed || live?.immutable === true;
  if (live !== undefined && isImmutable && !isDeepStrictEqual({ ...dataOf(live), ...dataOf(object) }, dataOf(live)))
    throw new Fault('apply.immutable_field', { object: name, fields: ['data'], because: 'field is immutable' });
}

function wrongFields(object: KubernetesObject, validate: boolean): string[] {
  if (object.kind === 'Deployment') {
    const { selector, template } = isRecord(object.spec) ? object.spec : {};
    const metadata = isRecord(template) ? template.metadata : undefined;
    const labels = isRecord(metadata) ? metadata.labels : undefined;
    return [
      ...(selector === undefined ? ['spec.selector'] : []),
      ...(labels === undefined ? ['spec.template.metadata.labels'] : []),
    ];
  }
  if (object.kind !== 'ConfigMap') return [];
  const known = ['apiVersion', 'kind', 'metadata', 'data', 'binaryData', 'immutable', 'status'];
  const unknown = validate ? Object.keys(object).filter((field) => !known.includes(field)) : [];
  const badKeys = Object.keys(dataOf(object)).filter((key) => !/^[-._a-zA-Z0-9]+$/.test(key));
  return [...unknown, ...badKeys.map((key) => `data[${key}]`)];
}

function dataOf({ data }: KubernetesObject): Record<string, unknown> {
  return isRecord(data) ? data : {};
}
