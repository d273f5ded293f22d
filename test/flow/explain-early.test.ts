import { deepEqual, equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import type { Health } from '../../lib/core/health/health.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../../lib/core/object/object-key.ts';
import type { ApplicationRecord } from '../../lib/core/record/record.ts';
import { explainEarly } from '../../lib/flow/explain-early.ts';
import type { Cluster } from '../../lib/ports/cluster.ts';

const waiting: Health = { status: 'Progressing', because: '0 of 1 replicas are available' };

function recordOf(names: readonly string[], health: Health | null): ApplicationRecord {
  const objects = names.map((name) => {
    const manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'shop' },
      spec: { selector: { matchLabels: { app: name } } },
    };
    const applied = { uid: 'u', resourceVersion: '1', fieldsV1: {}, settled: {}, health };
    const key = keyOf(manifest);
    const origin = { file: 'a.yaml', line: 1 };
    return [formatKey(key), { key, apiVersion: 'apps/v1', origin, desiredHash: '', manifest, applied }] as const;
  });
  return { objects: Object.fromEntries(objects) };
}

function podWith(status: Record<string, unknown>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop' }, spec: {}, status };
}

function anEvent(type: string, reason: string, message: string, lastTimestamp = '2026-05-01T12:00:00Z') {
  return { apiVersion: 'v1', kind: 'Event', metadata: { name: reason }, type, reason, message, lastTimestamp };
}

const container = (state: unknown) =>
  podWith({ phase: 'Pending', containerStatuses: [{ name: 'web', image: 'web:2', ...Object(state) }] });

/** Every selector of labels finds `pod`; `asked` are those. `events` by the selector of fields. */
function clusterWith(pod: KubernetesObject | null, log = '', events: Record<string, KubernetesObject[]> = {}) {
  const asked: string[] = [];
  const kind = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, verbs: ['list'] };
  const event = { ...kind, kind: 'Event', plural: 'events' };
  const cluster: Pick<Cluster, 'facts' | 'list' | 'read' | 'podLog'> = {
    facts: async () => ({ kubeVersion: 'v1.36.3', apiVersions: ['v1'], kinds: [kind, event] }),
    async list({ kind: listed }, { labelSelector = '', fieldSelector = '' }) {
      if (labelSelector !== '') asked.push(labelSelector);
      const items = listed === 'Pod' ? (pod === null ? [] : [pod]) : (events[fieldSelector] ?? []);
      return {
        position: '1',
        items: (async function* () {
          yield* items;
        })(),
      };
    },
    read: async ({ name }) => ({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'shop', uid: `uid-of-${name}` },
      status: { phase: 'Pending' },
    }),
    podLog: async () => log,
  };
  return { cluster, asked };
}

for (const { it, pod, log = '', events = {}, says } of [
  {
    it: 'a container that keeps ending, with its exit code and the end of its log',
    pod: container({
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 7, reason: 'Error' } },
    }),
    log: 'no such table: orders\n',
    says: 'apps/Deployment shop/web: Container web of pod shop/web-1 keeps ending with exit code 7, restarted 3 times (CrashLoopBackOff)\nno such table: orders',
  },
  {
    it: 'an image that there is not',
    pod: container({ state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } }),
    says: 'apps/Deployment shop/web: Container web of pod shop/web-1 cannot get its image web:2: not found (ImagePullBackOff)',
  },
  {
    it: 'a pod that no node takes',
    pod: podWith({
      phase: 'Pending',
      conditions: [
        { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' },
      ],
    }),
    says: 'apps/Deployment shop/web: Pod shop/web-1 cannot be scheduled: 0/3 nodes are available (Unschedulable)',
  },
  {
    it: 'what the claim of a pod says that no node takes',
    pod: {
      ...podWith({
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'unbound claims' }],
      }),
      spec: {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', persistentVolumeClaim: { claimName: 'data' } },
        ],
      },
    },
    events: { 'involvedObject.uid=uid-of-data': [anEvent('Warning', 'ProvisioningFailed', 'no class "fast"')] },
    says: 'apps/Deployment shop/web: Pod shop/web-1 cannot be scheduled: unbound claims (Unschedulable); PersistentVolumeClaim data: no class "fast" (ProvisioningFailed)',
  },
  {
    it: 'which secret a container waits for that is being made',
    pod: container({ state: { waiting: { reason: 'ContainerCreating' } } }),
    events: { 'involvedObject.uid=': [anEvent('Warning', 'FailedMount', 'secret "login" not found')] },
    says: 'apps/Deployment shop/web: Container web of pod shop/web-1 is still being created: the events of the pod tell which volume or secret it waits for (ContainerCreating); secret "login" not found (FailedMount)',
  },
  {
    it: 'why there is no pod at all',
    pod: null,
    events: { 'involvedObject.uid=u': [anEvent('Warning', 'FailedCreate', 'exceeded quota: few')] },
    says: 'apps/Deployment shop/web: exceeded quota: few (FailedCreate)',
  },
  {
    it: 'nothing of what was in the way before something went well',
    pod: null,
    events: {
      'involvedObject.uid=u': [
        anEvent('Warning', 'FailedCreate', 'exceeded quota: few', '2026-05-01T12:00:00Z'),
        anEvent('Normal', 'SuccessfulCreate', 'created pod', '2026-05-01T12:00:05Z'),
      ],
    },
    says: '',
  },
  {
    it: 'nothing of a container that is being made',
    pod: container({ state: { waiting: { reason: 'ContainerCreating' } } }),
    says: '',
  },
  { it: 'nothing of a pod that is well', pod: container({ ready: true, state: { running: {} } }), says: '' },
]) {
  test(`explain-early says ${it}`, async () => {
    equal(await explainEarly(recordOf(['web'], waiting), clusterWith(pod, log, events).cluster), says);
  });
}

test('explain-early looks into three of many, and not into what is healthy', async () => {
  const { cluster, asked } = clusterWith(container({ state: { waiting: { reason: 'ErrImagePull' } } }));
  match(await explainEarly(recordOf(['a', 'b', 'c', 'd'], waiting), cluster), /shop\/a:.*\n.*shop\/b:.*\n.*shop\/c:/);
  deepEqual(asked, ['app=a', 'app=b', 'app=c']);
  equal(await explainEarly(recordOf(['e'], { status: 'Healthy' }), cluster), '');
  equal(asked.length, 3);
});
