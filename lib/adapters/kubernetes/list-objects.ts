/** Lists a kind page by page, never holding more than one page. */
import * as z from 'zod';
import { Fault } from '../../core/fault/fault.ts';
import type { KubernetesObject } from '../../core/object/kubernetes-object.ts';
import type { Cluster, ServedKind } from '../../ports/cluster.ts';
import { isSuccess, statusOf } from './answer.ts';
import { type Api, about } from './api.ts';
import { kubernetesFault } from './kubernetes-fault.ts';
import { collectionPath, resourceOf } from './object-path.ts';
import { isRecord, parseObject } from './parse-object.ts';

/** What kubectl asks for at once. */
const pageSize = 500;

const pageSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.unknown()).nullable(),
});

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches */
const metadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

type Selection = Parameters<Cluster['list']>[1];
type Page = { position: string; items: KubernetesObject[]; next: string };

/**
 * No resourceVersion is asked for, so the first page is as new as etcd itself (the API server answers it from its own
 * cache since 1.31); `resourceVersionMatch` is only allowed beside one.
 */
export async function listObjects(api: Api, kind: ServedKind, selection: Selection): ReturnType<Cluster['list']> {
  const first = await readPage(api, kind, selection, undefined);
  return { position: first.position, items: pagesFrom(first, (from) => readPage(api, kind, selection, from)) };
}

async function* pagesFrom(first: Page, read: (from: { next: string; position: string }) => Promise<Page>) {
  for (let page = first; ; page = await read({ next: page.next, position: first.position })) {
    yield* page.items;
    if (page.next === '') return;
  }
}

async function readPage(
  api: Api,
  kind: ServedKind,
  selection: Selection,
  from: { next: string; position: string } | undefined,
): Promise<Page> {
  const { labelSelector, fieldSelector, namespace, metadataOnly = false } = selection;
  const query = { limit: pageSize, labelSelector, fieldSelector, continue: from?.next };
  const path = collectionPath(kind, namespace);
  const answer = await api.requests.ask({ method: 'GET', path, query, ...(metadataOnly && { accept: metadataList }) });
  if (isSuccess(answer)) {
    const { metadata, items } = pageSchema.parse(answer.body);
    return {
      position: metadata.resourceVersion,
      items: (items ?? []).map((item) => withKind(item, kind)),
      next: metadata.continue ?? '',
    };
  }
  if (answer.status !== 410 || from === undefined) throw kubernetesFault(answer, about(api, 'list', kind, namespace));
  // The rest is newer than the position of the first page: a watch from there brings what changed in between.
  const next = statusOf(answer).metadata?.continue;
  if (next) return readPage(api, kind, selection, { ...from, next });
  throw new Fault('cluster.expired', {
    cluster: api.cluster,
    resource: resourceOf(kind),
    resourceVersion: from.position,
  });
}

/** Items of a list say neither their kind nor its version, or that they are only metadata. */
function withKind(item: unknown, { apiVersion, kind }: ServedKind): KubernetesObject {
  return parseObject(isRecord(item) ? { ...item, apiVersion, kind } : item);
}
