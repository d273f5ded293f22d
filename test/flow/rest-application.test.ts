/** An Application that rests while it is not healthy yet looks again by itself. */
import { deepEqual, equal, fail } from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../../lib/core/application/initial-state.ts';
import { initialRules } from '../../lib/core/fleet/initial-rules.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { permissionOf } from '../../lib/core/project/permission-of.ts';
import type { RecordedObject } from '../../lib/core/record/record.ts';
import type { Run } from '../../lib/flow/outcome.ts';
import { rest } from '../../lib/flow/rest-application.ts';
import { saveRecord } from '../../lib/flow/stored-json.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { doorNow, doorPorts } from '../support/door-ports.ts';

const key = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };
const metadata = { name: 'web', namespace: 'shop', generation: 2 };
const rolledOut = { observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };

function deployment(status: Record<string, unknown>): KubernetesObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 1 }, status };
}

const recorded: RecordedObject = {
  key,
  apiVersion: 'apps/v1',
  origin: { file: 'web.yaml', line: 1 },
  desiredHash: 'x',
  manifest: deployment({}),
  applied: {
    uid: '1',
    resourceVersion: '1',
    fieldsV1: {},
    settled: {},
    health: { status: 'Progressing', because: 'rolling out' },
  },
};

const ask = (): never => fail('the cluster was asked for something else');
const unasked: ReturnType<Ports['cluster']> = {
  name: 'prod',
  facts: ask,
  read: ask,
  list: ask,
  changes: ask,
  podLog: ask,
  apply: ask,
  replace: ask,
  rehearseCreate: ask,
  own: ask,
  patch: ask,
  create: ask,
  remove: ask,
  as: ask,
};

const nothingServed = async () => ({ kubeVersion: 'v1.36.3', apiVersions: [], kinds: [] });

/** As it was when written down: progressing for `forMs`. `live`: as the cluster has it now. */
async function resting(live: KubernetesObject, forMs: number): Promise<Run> {
  const ports = doorPorts({ cluster: () => ({ ...unasked, facts: nothingServed, read: async () => live }) });
  const record = await saveRecord('shop', { objects: { 'apps/Deployment shop/web': recorded } }, ports);
  const health = { status: 'Progressing' as const, because: 'rolling out', since: doorNow - forMs };
  const state = { ...initialState('shop'), record, health };
  const entry = {
    application: exampleApplication(),
    cluster: 'prod',
    leaving: false,
    wanted: 1,
    lookAt: null,
    suspects: [],
    request: null,
    hold: null,
    state,
  };
  const lease = { name: 'shop', fence: 1, until: doorNow + 300_000 };
  const permission = permissionOf('default', initialRules(), ports.identityOf('prod'));
  const rules = initialRules();
  return { entry, lease, ports, rules, permission, rendered: new Map() };
}

const nothingToDo = { do: 'rest', lookAt: null, behind: false } as const;

test('rest-application: sees that it became healthy though no sweep said so', async () => {
  const outcome = await rest(nothingToDo, await resting(deployment(rolledOut), 1_000));
  equal(outcome.state.health.status, 'Healthy');
  equal(outcome.rest, null);
});

for (const { it, forMs, inMs } of [
  { it: 'soon while it is young', forMs: 100, inMs: 300 },
  { it: 'later the longer it takes', forMs: 40_000, inMs: 10_000 },
  { it: 'every minute when it never ends', forMs: 86_400_000, inMs: 60_000 },
]) {
  test(`rest-application: looks again ${it}`, async () => {
    const outcome = await rest(nothingToDo, await resting(deployment({ observedGeneration: 1 }), forMs));
    deepEqual([outcome.state.health.status, outcome.rest], ['Progressing', doorNow + inMs]);
  });
}

test('rest-application: never puts off what was due earlier', async () => {
  const due = doorNow + 1_000;
  const outcome = await rest({ ...nothingToDo, lookAt: due }, await resting(deployment({}), 86_400_000));
  equal(outcome.rest, due);
});

test('rest-application: asks the cluster nothing while all is healthy', async () => {
  const run = await resting(deployment(rolledOut), 1_000);
  const state = { ...run.entry.state, health: { status: 'Healthy' as const, because: '', since: 0 } };
  const ports = { ...run.ports, cluster: () => unasked };
  const outcome = await rest(nothingToDo, { ...run, ports, entry: { ...run.entry, state } });
  equal(outcome.rest, null);
});
