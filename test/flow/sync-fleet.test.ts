import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../lib/core/fault/fault.ts';
import { mirrorDeployed, mirrorHold } from '../../lib/flow/mirror.ts';
import { syncFleet } from '../../lib/flow/sync-fleet.ts';
import { withHealthRules } from '../../lib/flow/with-health-rules.ts';
import { type DoorPorts, doorNow, doorPorts } from '../support/door-ports.ts';

type Documents = Record<string, string>;

function house(documents: Documents) {
  const fleet = { documents };
  const bytes = (text: string) => ({ kind: 'file' as const, bytes: new TextEncoder().encode(text), executable: false });
  const ports = doorPorts({
    clusterOf: ({ name }) => (name === 'prod' ? 'prod' : null),
    fleet: {
      read: async () => ({
        files: new Map(Object.entries(fleet.documents).map(([file, text]) => [file, bytes(text)])),
        at: 'the fleet of this test',
      }),
    },
  });
  return { ports, fleet };
}

function documentOf(name: string, { path = '.', cluster = 'prod', finalizer = false, on = '' } = {}): string {
  const finalizers = finalizer ? ', finalizers: [resources-finalizer.argocd.argoproj.io]' : '';
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}${finalizers}${on === '' ? '' : `, annotations: {trueup.dev/depends-on: "${on}"}`}}
spec:
  project: default
  source: {repoURL: "https://git.example.com/team/${name}", path: ${path}, targetRevision: main}
  destination: {name: ${cluster}, namespace: shop}
`;
}

async function look(ports: DoorPorts) {
  const entries = (await ports.applications.list()).map(({ application, leaving }) => [application.name, leaving]);
  const events = (await ports.events.list({ limit: 50 })).map(({ type, application }) => `${type} ${application}`);
  const messages = (await ports.queue.receive({ max: 50, now: doorNow, forMs: 0 })).map(({ message }) => message);
  const woken = messages.flatMap((message) => (message.about === 'application' ? [message.name] : []));
  return { entries, events: events.toSorted(), woken };
}

test('sync-fleet registers what is new, records it and wakes it', async () => {
  const { ports } = house({ 'shop.yaml': documentOf('shop'), 'web.yaml': documentOf('web') });
  deepEqual((await syncFleet(ports))?.applications, ['shop', 'web']);
  deepEqual(await look(ports), {
    entries: [
      ['shop', false],
      ['web', false],
    ],
    events: ['application.added shop', 'application.added web'],
    woken: ['shop', 'web'],
  });
});

test('sync-fleet does nothing while nothing changed', async () => {
  const { ports } = house({ 'shop.yaml': documentOf('shop') });
  await syncFleet(ports);
  const before = await look(ports);
  await syncFleet(ports);
  deepEqual(await look(ports), before);
});

test('sync-fleet tells a change and wakes that one only', async () => {
  const { ports, fleet } = house({ 'shop.yaml': documentOf('shop'), 'web.yaml': documentOf('web') });
  await syncFleet(ports);
  fleet.documents = { ...fleet.documents, 'shop.yaml': documentOf('shop', { path: 'deploy' }) };
  await syncFleet(ports);
  const { events, woken } = await look(ports);
  deepEqual([events.at(-1), events.length, woken.slice(2)], ['application.changed shop', 3, ['shop']]);
});

test('sync-fleet keeps the projects of the fleet, and wakes those they changed for, and only those', async () => {
  const { ports, fleet } = house({ 'shop.yaml': documentOf('shop'), 'web.yaml': documentOf('web') });
  fleet.documents['web.yaml'] = fleet.documents['web.yaml']?.replace('project: default', 'project: team') ?? '';
  await syncFleet(ports);
  await look(ports);
  fleet.documents['team.yaml'] =
    'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team}\nspec: {sourceRepos: ["*"]}\n';
  const before = (await look(ports)).woken.length;
  await syncFleet(ports);
  deepEqual(
    (await ports.fleetRules.get()).projects.map(({ name }) => name),
    ['default', 'team'],
  );
  deepEqual((await look(ports)).woken.slice(before), ['web']);
});

test('sync-fleet keeps a project while its document cannot be read', async () => {
  const project = (spec: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team}\nspec: ${spec}\n`;
  const { ports, fleet } = house({ 'team.yaml': project('{description: old}') });
  await syncFleet(ports);
  fleet.documents['team.yaml'] = project('{sourceRepos: 7}');
  deepEqual(
    (await syncFleet(ports))?.faults.map(({ code }) => code),
    ['project.invalid'],
  );
  deepEqual(
    (await ports.fleetRules.get()).projects.map(({ description }) => description),
    ['', 'old'],
  );
});

test('sync-fleet forgets an Application that left; its objects go only with the finalizer', async () => {
  const { ports, fleet } = house({ 'a.yaml': documentOf('shop'), 'b.yaml': documentOf('web', { finalizer: true }) });
  await syncFleet(ports);
  fleet.documents = {};
  deepEqual((await syncFleet(ports))?.removed, ['shop', 'web']);
  const { entries, events } = await look(ports);
  deepEqual(entries, [['web', true]]);
  deepEqual(events.slice(2), ['application.removed shop', 'application.removed web']);
  deepEqual((await syncFleet(ports))?.removed, [], 'once');
});

test('sync-fleet lets go of an Application whose cluster is not in clusters[] any more, before it leaves or meanwhile', async () => {
  const { ports, fleet } = house({
    'a.yaml': documentOf('shop', { finalizer: true }),
    'b.yaml': documentOf('web', { finalizer: true }),
  });
  await syncFleet(ports);
  fleet.documents = { 'b.yaml': documentOf('web', { finalizer: true }) };
  await syncFleet(ports);
  deepEqual((await look(ports)).entries, [
    ['shop', true],
    ['web', false],
  ]);
  ports.clusterNames = [];
  fleet.documents = {};
  deepEqual((await syncFleet(ports))?.removed, ['shop', 'web']);
  deepEqual((await look(ports)).entries, []);
});

for (const { it, text } of [
  { it: 'is empty, as while it is being written', text: '' },
  { it: 'was cut short', text: 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmet' },
  { it: 'is commented out', text: documentOf('shop', { finalizer: true }).replaceAll(/^/gm, '# ') },
]) {
  test(`sync-fleet removes nothing when a file ${it}, and says what to do`, async () => {
    const { ports, fleet } = house({
      'shop.yaml': documentOf('shop', { finalizer: true }),
      'web.yaml': documentOf('web'),
    });
    await syncFleet(ports);
    fleet.documents = { 'shop.yaml': text };
    const read = await syncFleet(ports);
    deepEqual(
      read?.faults.map((fault) => fault.message),
      ['shop.yaml holds no document any more, where Application shop stood'],
    );
    deepEqual((await look(ports)).entries, [
      ['shop', false],
      ['web', false],
    ]);
    fleet.documents = { 'shop.yaml': documentOf('shop', { finalizer: true }) };
    deepEqual((await syncFleet(ports))?.removed, ['web']);
  });
}

test('sync-fleet keeps a project whose file is empty', async () => {
  const project =
    'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: team}\nspec: {sourceRepos: []}\n';
  const { ports, fleet } = house({ 'team.yaml': project, 'web.yaml': documentOf('web') });
  await syncFleet(ports);
  fleet.documents = { 'team.yaml': '', 'web.yaml': documentOf('web') };
  const read = await syncFleet(ports);
  deepEqual(
    read?.faults.map((fault) => fault.message),
    ['team.yaml holds no document any more, where AppProject team stood'],
  );
  deepEqual(
    (await ports.fleetRules.get()).projects.map(({ name }) => name),
    ['default', 'team'],
  );
});

test('sync-fleet removes an Application whose document leaves a file with others', async () => {
  const { ports, fleet } = house({ 'all.yaml': `${documentOf('shop')}---\n${documentOf('web')}` });
  await syncFleet(ports);
  fleet.documents = { 'all.yaml': documentOf('web') };
  deepEqual((await syncFleet(ports))?.removed, ['shop']);
});

test('sync-fleet takes an Application back that is about to leave', async () => {
  const { ports, fleet } = house({ 'web.yaml': documentOf('web', { finalizer: true }) });
  await syncFleet(ports);
  const { documents } = fleet;
  fleet.documents = {};
  await syncFleet(ports);
  fleet.documents = documents;
  await syncFleet(ports);
  deepEqual((await look(ports)).entries, [['web', false]]);
});

for (const { it, broken, code } of [
  {
    it: 'a document that cannot be read',
    broken: documentOf('third').replace('shop}', 'shop'),
    code: 'render.yaml_invalid',
  },
  {
    it: 'a cluster nobody knows',
    broken: documentOf('third', { cluster: 'stage' }),
    code: 'application.unknown_cluster',
  },
]) {
  test(`sync-fleet removes nothing because of ${it}, and tells it once`, async () => {
    const { ports, fleet } = house({ 'shop.yaml': documentOf('shop'), 'web.yaml': documentOf('web') });
    await syncFleet(ports);
    fleet.documents = { 'shop.yaml': documentOf('shop', { path: 'deploy' }), 'broken.yaml': broken };
    const { faults, removed } = (await syncFleet(ports)) ?? { faults: [], removed: null };
    await syncFleet(ports);
    deepEqual([faults.map((fault) => fault.code), removed], [[code], []]);
    const { entries, events } = await look(ports);
    equal(entries.length, 2);
    deepEqual(
      events.filter((line) => !line.startsWith('application.added')).map((line) => line.split(' ')[0]),
      ['application.changed', 'application.invalid'],
    );
  });
}

test('sync-fleet: an Application whose cluster could not be looked up is neither told of nor removed, and the others are read', async () => {
  const { ports, fleet } = house({ 'shop.yaml': documentOf('shop'), 'web.yaml': documentOf('web') });
  await syncFleet(ports);
  const throttled = new Fault('eks.throttled', { action: 'eks:ListClusters', region: 'eu-west-1' });
  ports.clusterOf = ({ name }) => {
    if (name === 'prod') return 'prod';
    throw throttled;
  };
  fleet.documents = {
    'web.yaml': documentOf('web', { cluster: 'found' }),
    'new.yaml': documentOf('new'),
    'other.yaml': documentOf('other', { cluster: 'found' }),
  };
  deepEqual((await syncFleet(ports))?.faults, [throttled, throttled]);
  const { entries, events } = await look(ports);
  deepEqual(
    entries.map(([name]) => name),
    ['new', 'shop', 'web'],
  );
  deepEqual(events, ['application.added new', 'application.added shop', 'application.added web']);
});

test('sync-fleet: whatever write the process dies before, the next look records and wakes what is new', async () => {
  for (const port of ['applications', 'events', 'wakes', 'queue'] as const) {
    const { ports } = house({ 'shop.yaml': documentOf('shop') });
    const whole = { ...ports };
    const dead = () => Promise.reject(new Error('the process died'));
    const methods = { applications: 'put', events: 'append', wakes: 'wake', queue: 'send' } as const;
    Object.assign(ports, { [port]: { ...ports[port], [methods[port]]: dead } });
    await rejects(syncFleet(ports), /died/);
    Object.assign(ports, whole);
    await syncFleet(ports);
    const { entries, events } = await look(ports);
    deepEqual([entries, events], [[['shop', false]], ['application.added shop']], port);
    deepEqual(await ports.wakes.overdue(doorNow, 9), ['shop'], port);
  }
});

test('sync-fleet holds what it registers when that was deployed before, or held', async () => {
  const { ports } = house({ 'a.yaml': documentOf('shop'), 'b.yaml': documentOf('web'), 'c.yaml': documentOf('new') });
  const bea = { who: 'Bea', reason: 'audit', since: 1, until: null };
  await mirrorDeployed('shop', ports);
  await mirrorHold('web', bea, ports);
  await syncFleet(ports);
  const holds = (await ports.applications.list()).map(({ hold }) => [hold?.who, hold?.afterLoss?.before]);
  deepEqual(holds, [
    [undefined, undefined],
    ['trueup', null],
    ['trueup', bea],
  ]);
});

test('sync-fleet: what left the fleet was not lost', async () => {
  const { ports, fleet } = house({ 'a.yaml': documentOf('shop') });
  const { documents } = fleet;
  await syncFleet(ports);
  await mirrorDeployed('shop', ports);
  fleet.documents = {};
  await syncFleet(ports);
  fleet.documents = documents;
  await syncFleet(ports);
  equal((await ports.applications.get('shop'))?.hold, null);
});

const argocdCm = (lua: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: argocd-cm}
data:
  url: https://argocd.example.com
  resource.customizations.health.example.com_Widget: ${lua}
`;

test('sync-fleet keeps what argocd-cm says about kinds, and an object is judged by it', async () => {
  const { ports } = house({ 'argocd-cm.yaml': argocdCm('return {status = "Suspended", message = obj.spec.why}') });
  deepEqual((await syncFleet(ports))?.faults, []);
  const { assess } = await withHealthRules(ports);
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { why: 'it rests' } };
  deepEqual(assess(widget), { status: 'Suspended', because: 'it rests' });
  equal(ports.assess(widget), null);
  const [event] = await ports.events.list({ limit: 1 });
  equal(event?.type === 'application.invalid' && event.fault.code, 'customization.keys_not_read');
});

test('sync-fleet forgets what argocd-cm said when it is gone', async () => {
  const { ports, fleet } = house({ 'argocd-cm.yaml': argocdCm('return {status = "Healthy"}') });
  await syncFleet(ports);
  fleet.documents = {};
  await syncFleet(ports);
  deepEqual((await ports.fleetRules.get()).customizations.health, []);
});

test('sync-fleet names a script that is no Lua, and a second argocd-cm', async () => {
  const { ports } = house({ 'a.yaml': argocdCm('return {'), 'b.yaml': argocdCm('return nil') });
  deepEqual(
    (await syncFleet(ports))?.faults.map(({ code, facts }) => [code, facts.file, facts.path ?? facts.other]),
    [
      ['customization.duplicate', 'b.yaml:1', 'a.yaml:1'],
      ['customization.invalid', 'a.yaml', 'health of example.com/Widget'],
    ],
  );
});

test('sync-fleet registers what others depend on first, and lets it leave last', async () => {
  const documents = {
    'a.yaml': documentOf('api', { on: 'db', finalizer: true }),
    'b.yaml': documentOf('db', { finalizer: true }),
  };
  const { ports, fleet } = house(documents);
  deepEqual((await syncFleet(ports))?.applications, ['db', 'api']);
  fleet.documents = {};
  deepEqual((await syncFleet(ports))?.removed, ['api', 'db']);
});

test('sync-fleet names Applications that wait for each other, and still registers them', async () => {
  const { ports } = house({ 'a.yaml': documentOf('api', { on: 'db' }), 'b.yaml': documentOf('db', { on: 'api' }) });
  deepEqual((await syncFleet(ports))?.faults, []);
  deepEqual((await ports.applications.list()).length, 2);
  const event = (await ports.events.list({ limit: 9 })).find(({ type }) => type === 'application.invalid');
  deepEqual(event?.type === 'application.invalid' && [event.fault.message, event.fault.facts.files], [
    'Applications wait for each other: api → db → api',
    'a.yaml:1, b.yaml:1',
  ]);
});

test('sync-fleet remembers who waits for whom while a document cannot be read', async () => {
  const { ports, fleet } = house({ 'a.yaml': documentOf('api', { on: 'db' }), 'b.yaml': documentOf('db') });
  await syncFleet(ports);
  fleet.documents = { 'a.yaml': documentOf('api', { on: 'db,' }), 'b.yaml': documentOf('db') };
  await syncFleet(ports);
  deepEqual((await ports.fleetRules.get()).dependencies, { api: { on: ['db'], place: 'a.yaml:1' } });
});
