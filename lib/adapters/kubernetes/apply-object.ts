/** The only file that changes a cluster. */
import { Fault } from '../../core/fault/fault.ts';
import type { KubernetesObject } from '../../core/object/kubernetes-object.ts';
import { actionManager, fieldManager } from '../../core/object/tracking.ts';
import type { ObjectRef, ServedKind } from '../../ports/cluster.ts';
import type { ClusterPatcher } from '../../ports/cluster-patcher.ts';
import type { ClusterWriter, WriteOptions } from '../../ports/cluster-writer.ts';
import { type Answer, isSuccess, statusOf } from './answer.ts';
import { type Api, about } from './api.ts';
import { type About, kubernetesFault } from './kubernetes-fault.ts';
import { collectionPath, namespaceOf, objectPath } from './object-path.ts';
import { parseObject } from './parse-object.ts';
import type { Ask } from './request.ts';

/** Server-side apply with force: what Git says wins over whoever set it before (KEP-555). */
export async function applyObject(
  api: Api,
  object: KubernetesObject,
  { absent, ...options }: Parameters<ClusterWriter['apply']>[1],
): Promise<KubernetesObject> {
  const target = await targetOf(api, object);
  const answer = await sendApply(api, target, absent ? withVersion(object, noVersion) : object, options);
  return taken(api, target, 'patch', answer);
}

/** No object has it, and an apply that creates passes it over: a precondition that there is none (test/contracts/cluster.contract.ts). */
const noVersion = '1';

/**
 * PUT, then an apply of the same: the PUT alone would make the manager's entry one of operation Update, and only of what it
 * changed, so that the next apply could take nothing away.
 */
export async function replaceObject(
  api: Api,
  object: KubernetesObject,
  { live, ...options }: Parameters<ClusterWriter['replace']>[1],
): Promise<KubernetesObject> {
  const target = await targetOf(api, object);
  const whole = sendable(replacementOf(object, live), target.ref.namespace);
  const answer = await api.requests.ask({
    method: 'PUT',
    path: target.path,
    query: { fieldManager, fieldValidation: validation(options), dryRun: options.dryRun ? 'All' : undefined },
    body: { type: 'application/json', content: whole },
    ...guardOf(options),
  });
  const replaced = taken(api, target, 'update', answer);
  if (!options.dryRun) {
    const { uid = '', resourceVersion = '' } = replaced.metadata;
    const ours = { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
    return taken(api, target, 'patch', await sendApply(api, target, ours, options));
  }
  // What only the merge with the live object makes invalid is gone after the PUT; what apply cannot read stays so.
  const read = await sendApply(api, target, object, options);
  if (read.status >= 500) taken(api, target, 'patch', read);
  return replaced;
}

/** Taking finalizers or owners away would delete, or keep from being deleted, what nobody spoke of. */
function replacementOf(object: KubernetesObject, { metadata }: KubernetesObject): KubernetesObject {
  const { uid = '', resourceVersion = '', ownerReferences } = metadata;
  const finalizers = [...new Set([...(object.metadata.finalizers ?? []), ...(metadata.finalizers ?? [])])];
  return {
    ...object,
    metadata: { ...object.metadata, ...(ownerReferences && { ownerReferences }), finalizers, uid, resourceVersion },
  };
}

/**
 * A POST of a name that is taken answers AlreadyExists only when everything else has passed, admission included: the store
 * is asked last (k8s.io/apiserver, registry/generic/registry).
 */
export async function rehearseCreation(
  api: Api,
  object: KubernetesObject,
  options: Parameters<ClusterWriter['rehearseCreate']>[1],
): Promise<void> {
  const target = await targetOf(api, object);
  const { uid: _, resourceVersion: __, ...metadata } = object.metadata;
  const answer = await api.requests.ask({
    method: 'POST',
    path: collectionPath(target.kind, target.ref.namespace),
    query: { fieldManager, fieldValidation: validation(options), dryRun: 'All' },
    body: { type: 'application/json', content: sendable({ ...object, metadata }, target.ref.namespace) },
  });
  if (answer.status === 409 && statusOf(answer).reason === 'AlreadyExists') return;
  taken(api, target, 'create', answer);
}

/** A merge patch that carries resourceVersion answers 409 when stale, where a JSON patch `test` answers 422. */
export async function ownFields(
  api: Api,
  ref: ObjectRef,
  { managedFields, resourceVersion, ...options }: Parameters<ClusterWriter['own']>[1],
): Promise<KubernetesObject> {
  const target = await targetAt(api, ref);
  const answer = await api.requests.ask({
    method: 'PATCH',
    path: target.path,
    query: { fieldManager },
    body: { type: 'application/merge-patch+json', content: { metadata: { managedFields, resourceVersion } } },
    ...guardOf(options),
  });
  return taken(api, target, 'patch', answer);
}

/** A kind without a status of its own takes it with the object. */
export async function patchObject(
  api: Api,
  ref: ObjectRef,
  { patch, resourceVersion, part, dryRun, guard }: Parameters<ClusterPatcher['patch']>[1],
): Promise<KubernetesObject> {
  const target = await targetAt(api, ref);
  const send = (path: string) =>
    api.requests.ask({
      method: 'PATCH',
      path,
      query: { fieldManager: actionManager, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
      body: { type: 'application/merge-patch+json', content: withVersion(patch, resourceVersion) },
      ...(guard && { guard }),
    });
  const answer = await send(part === 'status' ? `${target.path}/status` : target.path);
  const isWhole = part === 'status' && isUnknownPath(answer);
  return taken(api, target, 'patch', isWhole ? await send(target.path) : answer);
}

export async function createObject(
  api: Api,
  object: KubernetesObject,
  { dryRun, guard }: Parameters<ClusterPatcher['create']>[1],
): Promise<KubernetesObject> {
  const target = await targetOf(api, object);
  const answer = await api.requests.ask({
    method: 'POST',
    path: collectionPath(target.kind, target.ref.namespace),
    query: { fieldManager: actionManager, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
    body: { type: 'application/json', content: sendable(object, target.ref.namespace) },
    ...(guard && { guard }),
  });
  return taken(api, target, 'create', answer);
}

type Target = { kind: ServedKind; ref: ObjectRef; path: string };

function targetOf(api: Api, { apiVersion, kind, metadata }: KubernetesObject): Promise<Target> {
  return targetAt(api, { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' });
}

async function targetAt(api: Api, ref: ObjectRef): Promise<Target> {
  const kind = await knownKind(api, ref);
  const namespace = namespaceOf(kind, ref.namespace);
  return { kind, ref: { ...ref, namespace }, path: objectPath(kind, { ...ref, namespace }) };
}

function sendApply(api: Api, { path, ref }: Target, object: KubernetesObject, options: WriteOptions): Promise<Answer> {
  return api.requests.ask({
    method: 'PATCH',
    path,
    query: {
      fieldManager: options.manager ?? fieldManager,
      force: true,
      fieldValidation: validation(options),
      dryRun: options.dryRun ? 'All' : undefined,
    },
    body: { type: 'application/apply-patch+yaml', content: sendable(object, ref.namespace) },
    ...guardOf(options),
  });
}

function validation({ validate = true }: Pick<WriteOptions, 'validate'>): 'Strict' | 'Ignore' {
  return validate ? 'Strict' : 'Ignore';
}

function guardOf({ guard }: Pick<WriteOptions, 'guard'>): Pick<Ask, 'guard'> {
  return guard === undefined ? {} : { guard };
}

function withVersion<Part extends { metadata?: object }>(object: Part, resourceVersion: string): Part {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

function taken(api: Api, { kind, ref }: Target, verb: About['verb'], answer: Answer): KubernetesObject {
  if (isSuccess(answer)) return parseObject(answer.body);
  if (isUnknownPath(answer)) throw unknownKind(api, ref);
  throw kubernetesFault(answer, { ...about(api, verb, kind, ref.namespace), ref });
}

async function knownKind(api: Api, ref: ObjectRef): Promise<ServedKind> {
  const kind = await api.discovery.find(ref);
  if (kind === undefined) throw unknownKind(api, ref);
  if (kind.verbs.includes('patch')) return kind;
  const because = `${ref.kind} is a question to the API server, not an object it keeps: it cannot be applied`;
  throw new Fault('apply.invalid', {
    cluster: api.cluster,
    object: `${ref.kind} ${ref.name}`,
    fields: ['kind'],
    because,
  });
}

/** Its CustomResourceDefinition went away since we looked: the path is unknown, not the object. */
function isUnknownPath(answer: Answer): boolean {
  return answer.status === 404 && statusOf(answer).details?.name === undefined;
}

function unknownKind({ cluster }: Api, { apiVersion, kind, namespace, name }: ObjectRef): Fault {
  return new Fault('cluster.unknown_kind', { cluster, apiVersion, kind, namespace, name });
}

/** `managedFields` must not be sent; everything else that only the server sets, status included, it ignores. */
function sendable(object: KubernetesObject, namespace: string): KubernetesObject {
  const { managedFields: _, namespace: __, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(namespace !== '' && { namespace }) } };
}
