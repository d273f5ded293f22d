import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { explainDegraded } from '../../../lib/core/health/explain-degraded.ts';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';

type State = { state?: unknown; lastState?: unknown; restartCount?: number; ready?: boolean; started?: boolean };

/** A pod with one container `web`, in the states given. */
function aPod(
  name: string,
  web: State,
  more: { spec?: object; status?: object; metadata?: object } = {},
): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', creationTimestamp: '2026-03-02T12:00:00Z', ...more.metadata },
    spec: { containers: [{ name: 'web', image: 'nginx:nope', ...more.spec }] },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: 'web', ready: false, restartCount: 0, ...web }],
      ...more.status,
    },
  };
}

const waiting = (reason: string, message = ''): State => ({ state: { waiting: { reason, message } } });
const running = { state: { running: { startedAt: '2026-03-02T12:03:04Z' } } };
const http = { httpGet: { path: '/healthz', port: 8080 } };

for (const { it, pod, reason, because, log } of [
  {
    it: 'a crash, its exit code and how often it came back',
    pod: aPod('p', {
      ...waiting('CrashLoopBackOff'),
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
      restartCount: 7,
    }),
    reason: 'CrashLoopBackOff',
    because: 'Container web of pod shop/p keeps ending with exit code 1, restarted 7 times',
    log: true,
  },
  {
    it: 'the last words of a container',
    pod: aPod('p', {
      ...waiting('CrashLoopBackOff'),
      lastState: { terminated: { exitCode: 2, message: 'no such table: orders\n' } },
      restartCount: 1,
    }),
    reason: 'CrashLoopBackOff',
    because: 'Container web of pod shop/p keeps ending with exit code 2, restarted 1 time: no such table: orders',
    log: true,
  },
  {
    it: 'too little memory rather than the crash loop it leads to',
    pod: aPod('p', {
      ...waiting('CrashLoopBackOff'),
      lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      restartCount: 3,
    }),
    reason: 'OOMKilled',
    because: 'Container web of pod shop/p was killed because it used more memory than its limit, restarted 3 times',
    log: true,
  },
  {
    it: 'an image that cannot be pulled',
    pod: aPod('p', waiting('ImagePullBackOff', 'Back-off pulling image "nginx:nope"')),
    reason: 'ImagePullBackOff',
    because: 'Container web of pod shop/p cannot get its image nginx:nope: Back-off pulling image "nginx:nope"',
    log: false,
  },
  {
    it: 'a missing secret',
    pod: aPod('p', waiting('CreateContainerConfigError', 'secret "db" not found')),
    reason: 'CreateContainerConfigError',
    because: 'Container web of pod shop/p cannot be started: secret "db" not found',
    log: false,
  },
  {
    it: 'a container that failed for good',
    pod: aPod('p', { state: { terminated: { exitCode: 3, reason: 'Error' } } }, { status: { phase: 'Failed' } }),
    reason: 'Error',
    because: 'Container web of pod shop/p ended with exit code 3',
    log: true,
  },
  {
    it: 'a readiness probe that fails',
    pod: aPod('p', { ...running, started: true }, { spec: { readinessProbe: http } }),
    reason: 'ReadinessProbeFailing',
    because: 'Container web of pod shop/p runs, but its readiness probe (GET :8080/healthz) does not succeed',
    log: true,
  },
  {
    it: 'a startup probe that fails and restarts the container',
    pod: aPod(
      'p',
      { ...running, started: false, restartCount: 2 },
      { spec: { startupProbe: { tcpSocket: { port: 'http' } } } },
    ),
    reason: 'StartupProbeFailing',
    because:
      'Container web of pod shop/p runs, but its startup probe (TCP port http) does not succeed, restarted 2 times',
    log: true,
  },
  {
    it: 'a container that waits for a volume',
    pod: aPod('p', waiting('ContainerCreating')),
    reason: 'ContainerCreating',
    because:
      'Container web of pod shop/p is still being created: the events of the pod tell which volume or secret it waits for',
    log: false,
  },
]) {
  test(`explain-degraded names ${it}`, () => {
    deepEqual(explainDegraded([pod]), {
      pod: { namespace: 'shop', name: 'p' },
      container: 'web',
      reason,
      because,
      log: log ? { namespace: 'shop', name: 'p', container: 'web' } : null,
    });
  });
}

test('explain-degraded names a pod that no node can take', () => {
  const conditions = [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/3 nodes are available: 3 Insufficient memory.',
    },
  ];
  deepEqual(explainDegraded([aPod('p', {}, { status: { phase: 'Pending', conditions, containerStatuses: [] } })]), {
    pod: { namespace: 'shop', name: 'p' },
    container: null,
    reason: 'Unschedulable',
    because: 'Pod shop/p cannot be scheduled: 0/3 nodes are available: 3 Insufficient memory.',
    log: null,
  });
});

test('explain-degraded names an evicted pod', () => {
  const status = {
    phase: 'Failed',
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
    containerStatuses: [],
  };
  equal(
    explainDegraded([aPod('p', {}, { status })])?.because,
    'Pod shop/p has failed: The node was low on resource: memory.',
  );
});

test('explain-degraded looks into init containers', () => {
  const initContainerStatuses = [{ name: 'migrate', ...waiting('CrashLoopBackOff'), restartCount: 4 }];
  equal(
    explainDegraded([aPod('p', waiting('PodInitializing'), { status: { phase: 'Pending', initContainerStatuses } })])
      ?.container,
    'migrate',
  );
});

test('explain-degraded prefers the crash to the pods that wait behind it, and the newest of equals', () => {
  const crash = { ...waiting('CrashLoopBackOff'), restartCount: 2 };
  const blocker = explainDegraded([
    aPod('waits', waiting('ContainerCreating')),
    aPod('old', crash),
    aPod('new', crash, { metadata: { creationTimestamp: '2026-03-02T13:00:00Z' } }),
  ]);
  equal(blocker?.pod.name, 'new');
  equal(blocker?.because, 'Container web of pod shop/new keeps ending, restarted 2 times (2 of 3 pods)');
});

test('explain-degraded does not blame what is well, or ends anyway', () => {
  const ready = { ...running, ready: true };
  const ending = aPod('b', waiting('CrashLoopBackOff'), { metadata: { deletionTimestamp: '2026-03-02T12:10:00Z' } });
  equal(explainDegraded([aPod('a', ready), ending, aPod('c', { state: { terminated: { exitCode: 0 } } })]), null);
  equal(explainDegraded([]), null);
});
