/** Story: what carries no mark of ours is known by the record alone: it is healed, pruned and moved like anything else. */
import { deepEqual, equal } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sharedControlPlane } from '../support/control-plane.ts';
import { configMap, customResource } from '../support/example-manifests.ts';
import { type ApplicationOptions, openHouse, type TestHouse } from '../support/open-house.ts';

const plane = sharedControlPlane();

type Setting = { house: TestHouse; resource: string; foo(value: string, name?: string): string };

/** A custom resource `first` that somebody applied, and its definition; Git has neither yet. */
async function adopting(t: TestContext, application: ApplicationOptions = {}): Promise<Setting> {
  const house = await openHouse(t, plane, { application });
  const group = `${house.namespace}.example.com`;
  const [definition = '', first = ''] = customResource(group).split('---\n');
  const resource = `foos.${group}`;
  t.after(() => house.kubectl('delete', 'crd', resource, '--wait=false'));
  await house.kubectlApply(definition);
  await house.kubectl('wait', '--for=condition=Established', `crd/${resource}`, '--timeout=20s');
  await house.kubectlApply(first);
  const foo = (value: string, name = 'first') =>
    first.replace('name: first', `name: ${name}`).replace('a: b', `a: ${value}`);
  return { house, resource, foo };
}

const uid = ({ house, resource }: Setting) =>
  house.kubectl('get', resource, 'first', '--ignore-not-found', '-o', 'jsonpath={.metadata.uid}');
const value = ({ house, resource }: Setting) => house.kubectl('get', resource, 'first', '-o', 'jsonpath={.spec.a}');

/** The garbage collector, which ends a deletion in the foreground, takes its time to hear of a new kind. */
async function ourMarks({ house, resource }: Setting, name = 'first'): Promise<string[]> {
  const { metadata } = JSON.parse(await house.kubectl('get', resource, name, '-o', 'json'));
  return Object.keys({ ...metadata.labels, ...metadata.annotations }).filter((mark) => mark.includes('trueup'));
}

async function told({ house }: Setting): Promise<string[]> {
  const events = (await house.events()).filter(({ type }) => /^(object|drift)/.test(type));
  return events.map((event) => (event.type === 'drift.found' ? `${event.type} ${event.what}` : event.type));
}

test('track-by-inventory: a custom resource that is adopted gets no mark; hand edits and deletions are still undone', async (t) => {
  const its = await adopting(t);
  const { house, resource, foo } = its;
  const before = await uid(its);
  await house.push({ 'first.yaml': foo('b'), 'second.yaml': foo('b', 'second') });
  await house.follow();
  equal(await uid(its), before);
  deepEqual(await ourMarks(its), []);
  equal((await ourMarks(its, 'second')).length, 3, 'what is made gets marks');
  await house.sweep();

  await house.kubectl('patch', resource, 'first', '--type=merge', '-p', '{"spec":{"a":"evil"}}');
  await house.sweep();
  equal(await value(its), 'b');
  await house.kubectl('delete', resource, 'first');
  await house.sweep();
  equal(await value(its), 'b');
  deepEqual(await ourMarks(its), [], 'made again as it was');

  await house.push({ 'first.yaml': foo('c') });
  await house.follow();
  equal(await value(its), 'c');
  await house.push({ 'first.yaml': null, 'other.yaml': configMap() });
  await house.follow();
  equal(await its.house.isGone(its.resource, 'first'), true, 'what leaves Git is pruned');
  deepEqual((await told(its)).toSorted(), [
    'drift.found changed',
    'drift.found deleted',
    'object.adopted',
    'object.created',
    'object.created',
    'object.pruned',
    'object.updated',
  ]);
});

test('track-by-inventory: another object of that name is not pruned', async (t) => {
  const its = await adopting(t);
  const { house, resource, foo } = its;
  await house.push({ 'first.yaml': foo('b'), 'second.yaml': foo('b', 'second') });
  await house.follow();
  await house.kubectl('delete', resource, 'first');
  await house.kubectlApply(foo('theirs'));
  await house.push({ 'first.yaml': null });
  await house.follow();
  equal(await value(its), 'theirs');
});

test('track-by-inventory: after a loss of state it is adopted anew by its name, and pruned only once it was', async (t) => {
  const its = await adopting(t);
  const { house, foo } = its;
  await house.push({ 'first.yaml': foo('b') });
  await house.follow();
  const before = await uid(its);
  await house.lose({ blobs: true });
  await house.push({ 'first.yaml': null, 'other.yaml': configMap() });
  await house.writeApplication('shop');
  await house.follow();
  equal(await uid(its), before, 'nobody knows that it was ours');
  await house.push({ 'first.yaml': foo('c') });
  await house.follow();
  deepEqual([await uid(its), await value(its), await ourMarks(its)], [before, 'c', []]);
  await house.push({ 'first.yaml': null });
  await house.follow();
  equal(await its.house.isGone(its.resource, 'first'), true);
});

test('track-by-inventory: it moves between Applications, and stays with one while both want it', async (t) => {
  const its = await adopting(t, { path: 'shop' });
  const { house, foo } = its;
  await house.push({
    'shop/first.yaml': foo('b'),
    'shop/own.yaml': configMap('own'),
    'web/other.yaml': configMap('other'),
  });
  await house.writeApplication('web', { path: 'web' });
  await house.follow();
  const before = await uid(its);
  await house.push({ 'web/first.yaml': foo('w') });
  await house.follow();
  equal((await house.entry('web')).state.condition?.code, 'sync.shared_object');
  equal(await value(its), 'b');
  await house.push({ 'shop/first.yaml': null });
  await house.follow();
  await house.sweep();
  deepEqual([await uid(its), await value(its), await ourMarks(its)], [before, 'w', []]);
  equal((await told(its)).filter((each) => each === 'object.moved').length, 1);
  equal((await told(its)).includes('object.pruned'), false);
  for (const { state } of await house.ports.applications.list())
    deepEqual([state.sync, state.condition], ['Synced', null]);
});

test('track-by-inventory: an Application may choose it for all it has, and an object choose otherwise', async (t) => {
  const house = await openHouse(t, plane, { application: { annotations: { 'trueup.dev/tracking': 'inventory' } } });
  const marked = configMap('marked').replace('{name:', '{annotations: {trueup.dev/tracking: label}, name:');
  await house.push({ 'plain.yaml': configMap('plain'), 'marked.yaml': marked });
  await house.follow();
  const labelled = await house.kubectl('get', 'configmap', '-l', 'trueup.dev/application', '-o', 'name');
  equal(labelled, 'configmap/marked');
  await house.sweep();
  await house.kubectl('patch', 'configmap', 'plain', '-p', '{"data":{"k":"evil"}}');
  await house.sweep();
  equal(await house.kubectl('get', 'configmap', 'plain', '-o', 'jsonpath={.data}'), '{"k":"v"}');
  const file = join(tmpdir(), `${house.namespace}.yaml`);
  await writeFile(file, configMap('theirs'));
  t.after(() => rm(file, { force: true }));
  await house.kubectl('apply', '-f', file);
  await house.sweep();
  equal(
    (await house.events()).filter(({ type }) => type === 'drift.found').length,
    1,
    'what others have is not looked at',
  );
});
