import { deepEqual, equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { readAuditEvents } from '../../../lib/core/drift/read-audit-events.ts';

const line = readFileSync(new URL('../../payloads/audit/scale-by-person.json', import.meta.url), 'utf8');

test('read-audit-events says who did what to which object, and keeps nothing of what was sent or answered', () => {
  deepEqual(readAuditEvents([line]).events, [
    {
      kind: 'Event',
      auditID: '6e4a1c1e-2f0a-4c1b-9a39-6a4f6a7d6c10',
      stage: 'ResponseComplete',
      verb: 'patch',
      requestURI: '/apis/apps/v1/namespaces/shop/deployments/nginx/scale?fieldManager=kubectl',
      user: { username: 'kubernetes-admin' },
      userAgent: 'kubectl/v1.36.0 (linux/amd64) kubernetes/5f8e1f2',
      objectRef: {
        resource: 'deployments',
        namespace: 'shop',
        name: 'nginx',
        apiGroup: 'apps',
        subresource: 'scale',
      },
      responseStatus: { code: 200 },
    },
  ]);
});

for (const [it, malformed] of [
  ['a line that was cut off', line.slice(0, 300)],
  ['a line that is no JSON', 'I0501 12:00:00.000000 1 controller.go:615] quota admission added evaluator'],
  ['JSON that is no event', '{"kind":"Status"}'],
  ['an event without a user', JSON.stringify({ ...JSON.parse(line), user: null })],
  ['an empty line', ''],
] as const)
  test(`read-audit-events counts ${it}, and reads the others`, () => {
    const read = readAuditEvents([malformed, line]);
    deepEqual([read.events.length, read.malformed], [1, 1]);
  });

test('read-audit-events takes an object without a name, as of a deletion of many', () => {
  const event = JSON.parse(line);
  event.objectRef = { resource: 'nodes', apiVersion: 'v1' };
  equal(readAuditEvents([JSON.stringify(event)]).events[0]?.objectRef?.name, '');
});
