import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { healthReport } from '../../../lib/core/health/health-report.ts';
import { anObject } from './an-object.ts';

test('health-report gives one line an object, in order, and Healthy where a kind has no health', () => {
  deepEqual(
    healthReport(
      [
        anObject({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          spec: { replicas: 5 },
          status: { replicas: 5, updatedReplicas: 5, availableReplicas: 2 },
        }),
        anObject({ kind: 'ConfigMap' }),
        anObject({ kind: 'Namespace', metadata: { name: 'shop' } }),
      ],
      [],
    ),
    [
      {
        group: 'apps',
        kind: 'Deployment',
        namespace: 'shop',
        name: 'thing',
        status: 'Progressing',
        message: '2 of 5 replicas are available',
      },
      { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'thing', status: 'Healthy', message: '' },
      { group: '', kind: 'Namespace', namespace: '', name: 'shop', status: 'Healthy', message: '' },
    ],
  );
});
