import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../../lib/core/application/initial-state.ts';
import type { HookRun } from '../../lib/core/hook/hook-run.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { keyOf } from '../../lib/core/object/object-key.ts';
import { explainHealth } from '../../lib/flow/explain-health.ts';
import { lookAtHooks } from '../../lib/flow/look-at-hooks.ts';
import { saveRecord } from '../../lib/flow/stored-json.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { doorPorts } from '../support/door-ports.ts';
import { memoryCluster } from './memory-cluster.ts';

const job: KubernetesObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'report', namespace: 'shop', uid: 'u-1' },
  spec: {},
};
const gaveUp = { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'It failed too often' };

function pod(state: unknown): KubernetesObject {
  const status = { phase: 'Failed', containerStatuses: [{ name: 'report', image: 'report:1', state }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'report-x', namespace: 'shop' }, spec: {}, status };
}

/** `live` is whatever is read, `pods` whatever is listed. */
function portsWith(live: KubernetesObject, pods: KubernetesObject[], log = '') {
  const kind = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: ['list'] };
  const cluster = {
    ...memoryCluster(() => 0),
    facts: async () => ({ kubeVersion: 'v1.36.3', apiVersions: ['v1'], kinds: [kind] }),
    read: async () => live,
    list: async () => ({
      position: '1',
      items: (async function* () {
        yield* pods;
      })(),
    }),
    podLog: async () => log,
  };
  return { ports: doorPorts({ cluster: () => cluster }), cluster };
}

for (const { it, pods, log, says } of [
  {
    it: 'that it gave up, its pod, exit code and the end of the log',
    pods: [pod({ terminated: { exitCode: 3, reason: 'Error' } })],
    log: 'no such table: orders\n',
    says: 'BackoffLimitExceeded: It failed too often. Container report of pod shop/report-x ended with exit code 3\nno such table: orders',
  },
  {
    it: 'what it says itself, where its pods are gone',
    pods: [],
    log: '',
    says: 'BackoffLimitExceeded: It failed too often',
  },
]) {
  test(`explain-health says of a Job ${it}`, async () => {
    const { ports } = portsWith(job, pods, log);
    const because = `${gaveUp.reason}: ${gaveUp.message}`;
    const applied = { uid: 'u-1', resourceVersion: '1', fieldsV1: {}, settled: {} };
    const recorded = {
      key: keyOf(job),
      apiVersion: 'batch/v1',
      origin: { file: 'a.yaml', line: 1 },
      desiredHash: '',
      manifest: job,
      applied: { ...applied, health: { status: 'Degraded' as const, because } },
    };
    const record = await saveRecord('shop', { objects: { job: recorded } }, ports);
    const health = { status: 'Degraded' as const, because, since: 0 };
    const state = { ...initialState('shop'), record, health };
    const entry = { leaving: false, wanted: 0, lookAt: null, suspects: [], request: null, hold: null, state };
    equal(await explainHealth({ application: exampleApplication(), cluster: 'prod', ...entry }, ports), says);
  });
}

const hook: HookRun = {
  key: keyOf(job),
  apiVersion: 'batch/v1',
  phase: 'PreSync',
  uid: 'u-1',
  deletePolicies: [],
  outcome: 'running',
  because: '',
  position: '1',
};

for (const { it, state, trouble } of [
  {
    it: 'an image that there is not, while it still runs',
    state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } },
    trouble: 'Container report of pod shop/report-x cannot get its image report:1: not found (ImagePullBackOff)',
  },
  {
    it: 'nothing of a pod that is just being made',
    state: { waiting: { reason: 'ContainerCreating' } },
    trouble: undefined,
  },
]) {
  test(`look-at-hooks tells of a hook ${it}`, async () => {
    const { ports, cluster } = portsWith(job, [pod(state)]);
    const [seen] = await lookAtHooks([hook], { cluster, assess: ports.assess });
    equal(seen?.outcome, 'running');
    equal(seen?.trouble, trouble);
  });
}
