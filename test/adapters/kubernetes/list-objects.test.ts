/** Lists come in pages, one at a time, and survive a position that runs out between two of them. */
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { apiDouble, configMaps, type Reply, status } from './api-double.ts';

function page(names: string[], { position = '10', next = '' } = {}): Reply {
  const items = names.map((name) => ({ metadata: { name, namespace: 'shop' } }));
  return { json: { kind: 'ConfigMapList', metadata: { resourceVersion: position, continue: next }, items } };
}

async function namesOf(items: AsyncIterable<KubernetesObject>): Promise<string[]> {
  const names: string[] = [];
  for await (const { apiVersion, kind, metadata } of items) names.push(`${apiVersion} ${kind} ${metadata.name}`);
  return names;
}

test('list-objects asks for the next page only when it is read, and names the kind of every item', async (t) => {
  const pages = [page(['a', 'b'], { next: 'more' }), page(['c'])];
  const { cluster, asked } = await apiDouble(t, () => pages.shift() ?? status(500, 'asked too often'));
  const { position, items } = await cluster.list(configMaps, { labelSelector: 'x=y', namespace: 'shop' });
  equal(position, '10');
  equal(asked.length, 1);
  deepEqual(await namesOf(items), ['v1 ConfigMap a', 'v1 ConfigMap b', 'v1 ConfigMap c']);
  deepEqual(
    asked.map(({ path, query }) => ({ path, ...query })),
    [
      { path: '/api/v1/namespaces/shop/configmaps', limit: '500', labelSelector: 'x=y' },
      { path: '/api/v1/namespaces/shop/configmaps', limit: '500', labelSelector: 'x=y', continue: 'more' },
    ],
  );
});

test('list-objects goes on with the token of a 410, from the position of the first page', async (t) => {
  const expired = status(410, 'The provided continue parameter is too old', { metadata: { continue: 'newer' } });
  const pages = [page(['a'], { next: 'old' }), expired, page(['b'], { position: '99' })];
  const { cluster, asked } = await apiDouble(t, () => pages.shift() ?? status(500, 'asked too often'));
  const { position, items } = await cluster.list(configMaps, {});
  deepEqual(await namesOf(items), ['v1 ConfigMap a', 'v1 ConfigMap b']);
  equal(position, '10');
  equal(asked.at(-1)?.query.continue, 'newer');
});

test('list-objects says expired when a 410 offers no way on', async (t) => {
  const pages = [page(['a'], { next: 'old' }), status(410, 'gone')];
  const { cluster } = await apiDouble(t, () => pages.shift() ?? status(500, 'asked too often'));
  const { items } = await cluster.list(configMaps, {});
  await rejects(namesOf(items), (error) => error instanceof Fault && error.code === 'cluster.expired');
});

test('list-objects takes a list without items for an empty one', async (t) => {
  const { cluster } = await apiDouble(t, () => ({ json: { metadata: { resourceVersion: '3' }, items: null } }));
  const { position, items } = await cluster.list(configMaps, {});
  deepEqual({ position, names: await namesOf(items) }, { position: '3', names: [] });
});

test('list-objects asks for metadata alone, and still says what kind each item is of', async (t) => {
  const meta = { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' };
  const items = [{ ...meta, metadata: { name: 'a', namespace: 'shop' } }];
  const json = { ...meta, kind: 'PartialObjectMetadataList', metadata: { resourceVersion: '10' }, items };
  const { cluster, asked } = await apiDouble(t, () => ({ json }));
  const list = await cluster.list(configMaps, { namespace: 'shop', metadataOnly: true });
  deepEqual(await namesOf(list.items), ['v1 ConfigMap a']);
  equal(asked.at(-1)?.headers.accept, 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1');
});
