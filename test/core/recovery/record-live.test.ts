import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { recordLive } from '../../../lib/core/recovery/record-live.ts';
import { aDeployment } from '../drift/a-deployment.ts';
import { means } from '../plan/a-desired.ts';

test('record-live makes a manifest of what we own, and of nothing else', () => {
  const { manifest, desiredHash, applied } = recordLive(aDeployment(), means);
  deepEqual(manifest, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: { 'trueup.dev/tracking-id': 'shop:apps/Deployment:shop/web' },
      labels: { app: 'web' },
    },
    spec: {
      replicas: 5,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          containers: [
            { args: ['--quiet'], env: [{ name: 'A', value: '1' }], image: 'nginx:1', name: 'web', resources: {} },
          ],
        },
      },
    },
  });
  deepEqual([desiredHash, applied?.uid, applied?.resourceVersion], ['', 'uid-1', '10']);
});

test('record-live keeps the marks of an object whose managedFields were stripped', () => {
  const live = aDeployment();
  const { managedFields: _, ...metadata } = live.metadata;
  const { manifest, applied } = recordLive({ ...live, metadata }, means);
  deepEqual(manifest, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      labels: live.metadata.labels,
      annotations: live.metadata.annotations,
    },
  });
  deepEqual(applied?.fieldsV1, {});
});

test('record-live holds no value of a Secret', () => {
  const live: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'login',
      namespace: 'shop',
      managedFields: [{ manager: 'trueup', operation: 'Apply', fieldsV1: { 'f:data': { 'f:password': {} } } }],
    },
    data: { password: 'aHVzaA==' },
  };
  equal(JSON.stringify(recordLive(live, means)).includes('aHVzaA=='), false);
});
