/** Story: what others put on an object, or on the Namespace of a destination, stays where Git asks for no more than its part. */
import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { planApplication } from '../../lib/flow/plan-application.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap } from '../support/example-manifests.ts';
import { openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

const ssa = (way: string, value = 'v') =>
  configMap('settings', value).replace(
    '{name: settings}',
    `{name: settings, annotations: {kustomize.toolkit.fluxcd.io/ssa: ${way}}}`,
  );
const data = (house: TestHouse) => house.kubectl('get', 'configmap', 'settings', '-o', 'jsonpath={.data}');
const edit = (house: TestHouse, patch: string) => house.kubectl('patch', 'configmap', 'settings', '-p', patch);

test('share-with-others: with ssa: Merge what a hand adds stays, what Git names is undone', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'settings.yaml': ssa('Merge') });
  await house.follow();
  await edit(house, '{"data":{"mine":"1"}}');
  await house.sweep();
  await edit(house, '{"data":{"k":"evil"}}');
  await house.sweep();
  equal(await data(house), '{"k":"v","mine":"1"}', 'healed beside it');
  await house.push({ 'settings.yaml': ssa('Merge', 'w') });
  await house.follow();
  equal(await data(house), '{"k":"w","mine":"1"}', 'and synced beside it');
  const drifts = (await house.events()).filter((event) => event.type === 'drift.found');
  deepEqual(
    drifts.map(({ diff }) => diff.map(({ path }) => path)),
    [['data.k']],
  );
  await house.push({ 'settings.yaml': configMap('settings', 'w') });
  await house.follow();
  await house.sweep();
  equal(await data(house), '{"k":"w"}', 'without the option it is undone as ever');
});

test('share-with-others: with ssa: IfNotPresent an object is made once, and made again only when it is gone', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'settings.yaml': ssa('IfNotPresent'), 'other.yaml': configMap('other') });
  await house.follow();
  await edit(house, '{"data":{"k":"mine"}}');
  await house.sweep();
  await house.push({ 'settings.yaml': ssa('IfNotPresent', 'w') });
  await house.follow();
  await house.sweep();
  equal(await data(house), '{"k":"mine"}');
  equal((await house.entry()).state.sync, 'Synced');
  await house.kubectl('delete', 'configmap', 'settings');
  await house.sweep();
  equal(await data(house), '{"k":"w"}', 'as Git has it now');
  await house.push({ 'settings.yaml': null });
  await house.follow();
  equal(await house.isGone('configmap', 'settings'), true, 'pruned as any other');
});

test('share-with-others: an option that comes later counts from then on', async (t) => {
  const house = await openHouse(t, plane);
  await house.push({ 'settings.yaml': configMap() });
  await house.follow();
  await house.push({ 'settings.yaml': ssa('IfNotPresent') });
  await house.follow();
  await edit(house, '{"data":{"k":"mine"}}');
  await house.sweep();
  equal(await data(house), '{"k":"mine"}');
  await house.push({ 'settings.yaml': configMap('settings', 'w') });
  await house.follow();
  equal(await data(house), '{"k":"w"}');
});

const namespaceMetadata = (labels: string, annotations = '{}') => `{labels: ${labels}, annotations: ${annotations}}`;

async function marks(house: TestHouse, name: string): Promise<{ labels: unknown; annotations: unknown }> {
  const { metadata } = JSON.parse(await house.kubectl('get', 'namespace', name, '-o', 'json'));
  const { 'kubernetes.io/metadata.name': _, ...labels } = metadata.labels;
  return { labels, annotations: metadata.annotations ?? {} };
}

test('share-with-others: managedNamespaceMetadata labels the Namespace that CreateNamespace makes, and follows the Application', async (t) => {
  const house = await openHouse(t, plane);
  const name = `${house.namespace}-made`;
  t.after(() => house.kubectl('delete', 'namespace', name, '--wait=false'));
  const options = { path: 'new', namespace: name, syncOptions: 'CreateNamespace=true' };
  await house.push({ 'new/settings.yaml': configMap() });
  const write = async (metadata: string | undefined) => {
    await house.writeApplication('shop', { ...options, ...(metadata && { namespaceMetadata: metadata }) });
    await house.work();
  };
  await write(namespaceMetadata('{env: test, team: shop}', '{owner: ann}'));
  deepEqual(await marks(house, name), { labels: { env: 'test', team: 'shop' }, annotations: { owner: 'ann' } });

  await house.kubectl('label', 'namespace', name, 'by=hand', 'env=hand', '--overwrite');
  await write(namespaceMetadata('{env: prod}'));
  deepEqual(await marks(house, name), { labels: { env: 'prod', by: 'hand' }, annotations: {} }, 'only its own go');
  deepEqual((await planApplication('shop', house.ports)).stages, [], 'and then nothing is left to do');

  await house.kubectl('label', 'namespace', name, 'env=hand', '--overwrite');
  const [stage] = (await planApplication('shop', house.ports)).stages;
  match(JSON.stringify(stage?.changes), /"action":"update".*"path":"metadata.labels.env"/);

  await write(undefined);
  deepEqual(
    (await marks(house, name)).labels,
    { env: 'hand', by: 'hand' },
    'without it nothing is set, nothing taken away',
  );
  equal((await house.entry()).state.kinds.includes('v1/Namespace'), false, 'and it was never tracked');
});

test('share-with-others: two Applications label one Namespace, and whoever has it in Git decides', async (t) => {
  const house = await openHouse(t, plane);
  const name = `${house.namespace}-two`;
  t.after(() => house.kubectl('delete', 'namespace', name, '--wait=false'));
  const options = { namespace: name, syncOptions: 'CreateNamespace=true' };
  await house.push({ 'a/a.yaml': configMap('a'), 'b/b.yaml': configMap('b') });
  await house.writeApplication('shop', { ...options, path: 'a', namespaceMetadata: namespaceMetadata('{a: "1"}') });
  await house.work();
  await house.writeApplication('web', { ...options, path: 'b', namespaceMetadata: namespaceMetadata('{b: "1"}') });
  await house.work();
  deepEqual((await marks(house, name)).labels, { a: '1', b: '1' });

  const inGit = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {b: git}}\n`;
  await house.push({ 'a/namespace.yaml': inGit });
  await house.follow();
  const { labels } = await marks(house, name);
  equal((labels as Record<string, string>).b, 'git');
  await house.push({ 'b/b.yaml': configMap('b', 'w') });
  await house.follow();
  equal(((await marks(house, name)).labels as Record<string, string>).b, 'git', 'web leaves it to shop');
  notEqual((await house.entry('web')).state.synced, null);
});
