/** The only file that changes a cluster. */
import { Fault } from '../../core/fault/fault.ts';
import type { KubernetesObject } from '../../core/object/kubernetes-object.ts';
import { fieldManager } from '../../core/object/tracking.ts';
import type { ObjectRef, ServedKind } from '../../ports/cluster.ts';
import type { ClusterWriter } from '../../ports/cluster-writer.ts';
import { type Answer, isSuccess, statusOf } from './answer.ts';
import { type Api, about } from './api.ts';
import { kubernetesFault } from './kubernetes-fault.ts';
import { namespaceOf, objectPath } from './object-path.ts';
import { parseObject } from './parse-object.ts';
import type { Ask } from './request.ts';

/** Server-side apply with force: what Git says wins over whoever set it before (KEP-555). */
export async function applyObject(
  api: Api,
  object: KubernetesObject,
  { dryRun }: Parameters<ClusterWriter['apply']>[1],
): Promise<KubernetesObject> {
  const ref = refOf(object);
  const kind = await knownKind(api, ref);
  const namespace = namespaceOf(kind, ref.namespace);
  return write(
    api,
    kind,
    { ...ref, namespace },
    {
      query: { fieldManager, force: true, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
      body: { type: 'application/apply-patch+yaml', content: sendable(object, namespace) },
    },
  );
}

/** A merge patch that carries resourceVersion answers 409 when stale, where a JSON patch `test` answers 422. */
export async function ownFields(
  api: Api,
  ref: ObjectRef,
  { managedFields, resourceVersion }: Parameters<ClusterWriter['own']>[1],
): Promise<KubernetesObject> {
  const kind = await knownKind(api, ref);
  return write(
    api,
    kind,
    { ...ref, namespace: namespaceOf(kind, ref.namespace) },
    {
      query: { fieldManager },
      body: { type: 'application/merge-patch+json', content: { metadata: { managedFields, resourceVersion } } },
    },
  );
}

async function write(
  api: Api,
  kind: ServedKind,
  ref: ObjectRef,
  { query, body }: Pick<Ask, 'query' | 'body'>,
): Promise<KubernetesObject> {
  const path = objectPath(kind, ref);
  const answer = await api.requests.ask({ method: 'PATCH', path, ...(query && { query }), ...(body && { body }) });
  if (isSuccess(answer)) return parseObject(answer.body);
  if (isUnknownPath(answer)) throw unknownKind(api, ref);
  throw kubernetesFault(answer, { ...about(api, 'patch', kind, ref.namespace), ref });
}

function refOf({ apiVersion, kind, metadata }: KubernetesObject): ObjectRef {
  return { apiVersion, kind, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
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
