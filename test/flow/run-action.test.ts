/** An action from the request to the cluster: what it is run on, who may, what Git says of it, and what is told. */
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import type { Application } from '../../lib/core/application/application.ts';
import type { Customizations } from '../../lib/core/customization/customizations.ts';
import { noCustomizations } from '../../lib/core/customization/no-customizations.ts';
import type { FaultCode } from '../../lib/core/fault/catalogue.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import { defaultProject } from '../../lib/core/project/default-project.ts';
import { listActions } from '../../lib/flow/list-actions.ts';
import { type ActionWish, runAction } from '../../lib/flow/run-action.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { type MemoryHouse, memoryHouse } from './memory-house.ts';

const a = 'ConfigMap shop/a';
const discovery = `
return {
  note = {},
  set = {params = {{name = "to"}}},
  locked = {disabled = true},
  make = {},
  makeRole = {},
  rename = {},
  fail = {},
}`;
const definitions = {
  note: 'obj.data.note = "seen"; return obj',
  set: 'obj.data.k = actionParams.to; return obj',
  locked: 'return obj',
  make: `return {{operation = "create", resource = {apiVersion = "v1", kind = "ConfigMap",
    metadata = {name = "made", labels = {["trueup.dev/application"] = "shop"}}, data = {k = "made"}}}}`,
  makeRole: `return {{operation = "create", resource = {apiVersion = "rbac.authorization.k8s.io/v1", kind = "Role",
    metadata = {name = "mine"}}}}`,
  rename: 'obj.metadata.name = "b"; return obj',
  fail: 'return obj.data.nothing.here',
};

const ofConfigMap: Customizations['actions'][number] = {
  group: '',
  kind: 'ConfigMap',
  discovery,
  definitions: Object.entries(definitions).map(([name, lua]) => ({ name, lua })),
  mergeBuiltinActions: false,
  useOpenLibs: false,
};

async function syncedHouse(given: Partial<Application> = {}): Promise<MemoryHouse> {
  const house = await memoryHouse(given);
  house.push({ 'ConfigMap a': '1', 'ConfigMap b': '1' });
  await house.follow();
  const customizations = { ...noCustomizations(), actions: [ofConfigMap] };
  await house.ports.fleetRules.put({ ...initialRules(), customizations });
  return house;
}

function act(house: MemoryHouse, action: string, given: Partial<ActionWish> = {}) {
  const object = { kind: 'configmap', name: 'a' };
  const wish = { who: 'ann', object, action, parameters: {}, nevertheless: false, hold: null, ...given };
  return runAction('shop', wish, house.ports);
}

async function told(house: MemoryHouse): Promise<string[]> {
  const lines = await house.story();
  // All in one millisecond of the test's clock.
  return lines.filter((line) => /^(action|drift|hold)/.test(line)).toSorted();
}

function fault(code: FaultCode, says = /./) {
  return (error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    equal(error.code, code, error.message);
    match(error.message, says);
    return true;
  };
}

test('run-action sets what Git says nothing of: it is told, and no drift', async () => {
  const house = await syncedHouse();
  const done = await act(house, 'note');
  deepEqual(done.drifts, []);
  deepEqual(done.diff, [{ path: 'data.note', to: 'seen' }]);
  await house.work();
  await house.sweep();
  deepEqual((await house.ports.cluster('prod').read(ref('a')))?.data, { k: '1', note: 'seen' });
  deepEqual(await told(house), ['action.run']);
  const [event] = (await house.ports.events.list({ limit: 100 })).filter(({ type }) => type === 'action.run');
  equal(event?.who, 'ann');
  deepEqual(event?.type === 'action.run' && event.action, { name: 'note', parameters: {} });
  equal((await house.entry()).state.sync, 'Synced');
});

test('run-action says first that Git will set it back, and changes nothing', async () => {
  const house = await syncedHouse();
  await rejects(act(house, 'set', { parameters: { to: '2' } }), fault('action.would_be_reverted', /data\.k/));
  deepEqual(house.cluster.values()[a], '1');
  deepEqual(await told(house), []);
});

test('run-action does it nevertheless where that was said, and it is set back', async () => {
  const house = await syncedHouse();
  const { drifts } = await act(house, 'set', { parameters: { to: '2' }, nevertheless: true });
  deepEqual(drifts, ['data.k']);
  equal(house.cluster.values()[a], '2');
  await house.work();
  equal(house.cluster.values()[a], '1', 'without a sweep: the object is looked at right afterwards');
  deepEqual(await told(house), ['action.run', 'drift.found reverted']);
});

test('run-action with a hold stays until the hold ends', async () => {
  const house = await syncedHouse();
  const { held } = await act(house, 'set', { parameters: { to: '2' }, hold: { until: null } });
  equal(held, true);
  await house.work();
  await house.sweep();
  equal(house.cluster.values()[a], '2');
  equal((await house.entry()).hold?.reason, 'set to=2 on ConfigMap shop/a');
  deepEqual(await told(house), ['action.run', 'drift.found held', 'hold.set']);
});

for (const { it, given } of [
  { it: 'nothing is healed', given: { syncPolicy: { ...exampleApplication().syncPolicy, automated: null } } },
  {
    it: 'the field is ignored',
    given: {
      ignoreDifferences: [
        { group: '', kind: 'ConfigMap', jsonPointers: ['/data/k'], jqPathExpressions: [], managedFieldsManagers: [] },
      ],
    },
  },
]) {
  test(`run-action asks nobody where ${it}`, async () => {
    const house = await syncedHouse();
    await house.ports.applications.put(exampleApplication(given), { cluster: 'prod', leaving: false });
    await act(house, 'set', { parameters: { to: '2' } });
    await house.work();
    await house.sweep();
    equal(house.cluster.values()[a], '2');
  });
}

test('run-action makes an object that belongs to the one it was made from, and is swept by nobody', async () => {
  const house = await syncedHouse();
  const { created } = await act(house, 'make');
  deepEqual(created, [{ group: '', kind: 'ConfigMap', namespace: 'shop', name: 'made' }]);
  const made = await house.ports.cluster('prod').read(ref('made'));
  deepEqual(made?.metadata.labels, {});
  deepEqual(
    made?.metadata.ownerReferences?.map(({ name }) => name),
    ['a'],
  );
  await house.work();
  await house.sweep();
  equal(house.cluster.values()['ConfigMap shop/made'], 'made');
});

test('run-action is for what is owned by what was deployed, too', async () => {
  const house = await syncedHouse();
  await act(house, 'make');
  await act(house, 'set', { object: { kind: 'ConfigMap', name: 'made' }, parameters: { to: '2' } });
  equal(house.cluster.values()['ConfigMap shop/made'], '2');
});

for (const { it, action, given = {}, code, says = /./ } of [
  { it: 'an action that there is not', action: 'dance', code: 'action.unknown' },
  { it: 'one that is disabled', action: 'locked', code: 'action.disabled', says: /do not offer it now/ },
  { it: 'one without its parameter', action: 'set', code: 'action.parameter_invalid', says: /left out/ },
  { it: 'a script that fails', action: 'fail', code: 'action.script_failed', says: /line 1/ },
  { it: 'another name', action: 'rename', code: 'action.refused', says: /metadata\.name/ },
  {
    it: 'an object that nobody deployed',
    action: 'note',
    given: { object: { kind: 'ConfigMap', name: 'c' } },
    code: 'action.no_such_object',
  },
  {
    it: 'another kind',
    action: 'note',
    given: { object: { kind: 'Secret', name: 'a' } },
    code: 'action.no_such_object',
  },
  {
    it: 'another namespace',
    action: 'note',
    given: { object: { kind: 'ConfigMap', name: 'a', namespace: 'b' } },
    code: 'action.no_such_object',
  },
] satisfies { it: string; action: string; given?: Partial<ActionWish>; code: FaultCode; says?: RegExp }[]) {
  test(`run-action refuses ${it}, and writes nothing`, async () => {
    const house = await syncedHouse();
    const before = [...house.cluster.written];
    await rejects(act(house, action, given), fault(code, says));
    deepEqual(house.cluster.written, before);
    deepEqual(await told(house), []);
  });
}

test('run-action leaves alone what nobody of ours owns', async () => {
  const house = await syncedHouse();
  await house.ports.cluster('prod').create(configMap('foreign'), { dryRun: false });
  await rejects(act(house, 'note', { object: { kind: 'ConfigMap', name: 'foreign' } }), fault('action.no_such_object'));
});

test('run-action leaves a namesake alone that somebody made in place of ours', async () => {
  const house = await syncedHouse();
  house.cluster.drop(a);
  await house.ports.cluster('prod').create(configMap('a'), { dryRun: false });
  await rejects(act(house, 'note'), fault('action.no_such_object'));
});

for (const { it, project, action, says } of [
  {
    it: 'the kind it is run on',
    project: { namespaceResourceBlacklist: [{ group: '', kind: 'ConfigMap', name: '*' }] },
    action: 'note',
    says: /on ConfigMap shop\/a/,
  },
  {
    it: 'the kind it creates',
    project: { namespaceResourceBlacklist: [{ group: '*', kind: 'Role', name: '*' }] },
    action: 'makeRole',
    says: /Role shop\/mine/,
  },
]) {
  test(`run-action is refused where the project denies ${it}`, async () => {
    const house = await syncedHouse();
    const rules = await house.ports.fleetRules.get();
    await house.ports.fleetRules.put({ ...rules, projects: [{ ...defaultProject(), ...project }] });
    await rejects(act(house, action), fault('action.not_permitted', says));
    equal(
      await house.ports
        .cluster('prod')
        .read({ ...ref('mine'), apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' }),
      null,
    );
  });
}

test('run-action tells what the cluster rejects after the rehearsal', async () => {
  const house = await syncedHouse();
  house.cluster.rejects.add(a);
  await rejects(act(house, 'note'), fault('action.rejected', /a rule/));
  deepEqual(await told(house), ['action.failed', 'action.run']);
});

test('run-action does not write while a worker has the Application, and wakes the next one', async () => {
  const house = await syncedHouse();
  const { ports } = house;
  const lease = await ports.leases.take('shop', { holder: 'other', now: ports.now(), forMs: 60_000 });
  await rejects(act(house, 'note'), fault('action.busy'));
  const { wanted } = await house.entry();
  if (lease !== null) await ports.leases.release(lease, { wanted, lookAt: null });
  await act(house, 'note');
  equal((await house.entry()).lookAt, ports.now());
  equal((await house.work()) > 0, true);
});

test('run-action reads again what changed while it was decided', async () => {
  const house = await syncedHouse();
  const { read } = house.cluster;
  let reads = 0;
  house.cluster.read = async (of) => {
    const seen = await read(of);
    reads += 1;
    if (reads === 1) house.cluster.edit(a, '1');
    return seen;
  };
  await act(house, 'note');
  equal(house.cluster.written.filter((line) => line.startsWith('patch')).length, 1);
});

test('list-actions says what is possible, with what, and why the rest is not', async () => {
  const house = await syncedHouse();
  const [first, second] = await listActions('shop', null, house.ports);
  deepEqual([first?.object.name, second?.object.name], ['a', 'b']);
  const found = Object.fromEntries((first?.actions ?? []).map(({ name, ...rest }) => [name, rest]));
  deepEqual(found.set, { parameters: [{ name: 'to', says: '', default: null }], disabled: null });
  match(found.locked?.disabled ?? '', /do not offer it/);
});

test('list-actions names a discovery that fails and goes on', async () => {
  const house = await syncedHouse();
  const actions = [{ ...ofConfigMap, discovery: 'return nothing.at.all' }];
  await house.ports.fleetRules.put({ ...initialRules(), customizations: { ...noCustomizations(), actions } });
  const found = await listActions('shop', null, house.ports);
  equal(found.length, 2);
  for (const { problem } of found) match(problem, /discovery\.lua of ConfigMap fails: line 1/);
});

test('list-actions without a discovery has all that are defined', async () => {
  const house = await syncedHouse();
  const actions = [{ ...ofConfigMap, discovery: '', definitions: [{ name: 'note', lua: 'return obj' }] }];
  await house.ports.fleetRules.put({ ...initialRules(), customizations: { ...noCustomizations(), actions } });
  const [found] = await listActions('shop', { kind: 'ConfigMap', name: 'b' }, house.ports);
  deepEqual(found?.actions, [{ name: 'note', parameters: [], disabled: null }]);
});

function ref(name: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name };
}

function configMap(name: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { k: 'x' } };
}
