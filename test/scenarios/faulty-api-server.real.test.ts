/** Story: whatever goes wrong at whichever request to the API server, the sync ends where it would have ended. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Tree } from '../flow/memory-house.ts';
import { sharedControlPlane } from '../support/control-plane.ts';
import { type ApiFault, type FaultyProxy, faults, faultyProxy } from '../support/faulty-proxy.ts';
import { type HouseAtCluster, houseAtCluster } from '../support/house-at-cluster.ts';

const plane = sharedControlPlane();
/** No story here asks so much; reaching it would mean that it never ends. */
const mostRequests = 80;

type Story = HouseAtCluster & { proxy: FaultyProxy };

async function openStory(t: TestContext): Promise<Story> {
  let proxy: FaultyProxy | undefined;
  const house = await houseAtCluster(t, plane, async (access) => {
    proxy = await faultyProxy(t, access);
    return proxy.url;
  });
  ok(proxy);
  return { ...house, proxy };
}

/** What the tree says, once everything was tried again that is due within some minutes. */
async function settle({ house }: Story, revision: string): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    const { state } = await house.entry();
    if (state.operation === null && state.synced?.revision === revision && state.sync === 'Synced') return;
    house.pass(61_000);
    await house.ports.wakes.wake(state.name, house.clock.now);
    await house.ports.queue.send({ about: 'application', name: state.name, why: 'tick' });
    await house.follow();
  }
  ok(false, `it does not settle: ${JSON.stringify((await house.entry()).state)}`);
}

async function told(story: Story): Promise<string[]> {
  return (await story.house.ports.events.list({ limit: 1_000 }))
    .toReversed()
    .flatMap((event) => ('object' in event ? [`${event.type} ${event.object.name}`] : []));
}

async function spoilEach(t: TestContext, fault: ApiFault): Promise<void> {
  const story = await openStory(t);
  const { house, proxy } = story;
  await settleFirst(story);
  for (let at = 1; at < mostRequests; at += 1) {
    const tree: Tree = { 'ConfigMap a': `${at}`, [`ConfigMap c-${at}`]: '1', 'ConfigMap kept': '1' };
    const before = (await told(story)).length;
    const revision = house.push(tree);
    proxy.spoil(at, fault);
    await house.follow();
    await settle(story, revision);
    const context = `${fault} at request ${at}: ${proxy.spoilt}`;
    deepEqual(await story.values(), tree, context);
    const changes = (await told(story)).slice(before).toSorted();
    deepEqual(changes, [`object.created c-${at}`, `object.pruned c-${at - 1}`, 'object.updated a'], context);
    for (const [path, versions] of proxy.written) equal(versions.size, 1, `${context}: ${path} was written twice`);
    if (proxy.spoilt === null) break;
  }
  equal(proxy.spoilt, null, 'it got through');
  equal(proxy.impatient, 0, 'Retry-After was waited for');
}

async function settleFirst(story: Story): Promise<void> {
  const revision = story.house.push({ 'ConfigMap a': '0', 'ConfigMap c-0': '1', 'ConfigMap kept': '1' });
  await story.house.follow();
  await settle(story, revision);
}

/** Nothing is there yet: discovery, the first record, every object new. */
async function spoilEachFirst(t: TestContext, fault: ApiFault): Promise<void> {
  const tree: Tree = { 'ConfigMap a': '1', 'ConfigMap b': '1' };
  for (let at = 1; at < mostRequests; at += 1) {
    const story = await openStory(t);
    const revision = story.house.push(tree);
    story.proxy.spoil(at, fault);
    await story.house.follow();
    await settle(story, revision);
    const { spoilt } = story.proxy;
    const context = `${fault} at request ${at} of a first sync: ${spoilt}`;
    deepEqual(await story.values(), tree, context);
    deepEqual((await told(story)).toSorted(), ['object.created a', 'object.created b'], context);
    if (spoilt === null) return;
  }
  ok(false, 'it never got through');
}

async function spoilEachHeal(t: TestContext, fault: ApiFault): Promise<void> {
  const story = await openStory(t);
  const { house, proxy, direct, namespace } = story;
  await settleFirst(story);
  await house.sweep();
  for (let at = 1; at < mostRequests; at += 1) {
    house.pass(3_600_000);
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'kept' };
    const uid = (await direct.read(ref))?.metadata.uid ?? '';
    await direct.remove(ref, { uid, propagation: 'Background' });
    proxy.spoil(at, fault);
    for (let round = 0; round < 8 && (await direct.read(ref)) === null; round += 1) {
      // What is thrown at the message brings it again.
      await house.sweep().catch((error) => ok(error instanceof Fault, String(error)));
      house.pass(61_000);
    }
    const context = `${fault} at request ${at} of a heal: ${proxy.spoilt}`;
    deepEqual(await story.values(), { 'ConfigMap a': '0', 'ConfigMap c-0': '1', 'ConfigMap kept': '1' }, context);
    if (proxy.spoilt === null) break;
  }
  equal(proxy.spoilt, null, 'it got through');
}

for (const fault of faults) {
  test(`faulty-api-server: ${fault} at any request of a sync`, { concurrency: true }, (t) => spoilEach(t, fault));
}

for (const fault of ['lost', 'truncated', 503] as const) {
  test(`faulty-api-server: ${fault} at any request of a first sync`, (t) => spoilEachFirst(t, fault));
}

for (const fault of faults.filter((one) => one !== 'silence')) {
  test(`faulty-api-server: ${fault} at any request of a sweep and its heal`, (t) => spoilEachHeal(t, fault));
}
