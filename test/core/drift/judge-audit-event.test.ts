import { deepEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { judgeAuditEvent } from '../../../lib/core/drift/judge-audit-event.ts';
import { readAuditEvents } from '../../../lib/core/drift/read-audit-events.ts';

const folder = new URL('../../payloads/audit/', import.meta.url);

const verdicts = {
  change: [
    'scale-by-person',
    'edit-of-secret-by-person',
    'delete-collection-by-person',
    'create-by-pipeline',
    'edit-of-custom-resource-by-person',
    'impersonated-controller',
  ],
  ours: ['apply-by-trueup', 'delete-by-trueup'],
  'control plane': [
    'scale-by-autoscaler',
    'create-of-pod-by-controller',
    'endpoints-by-controller-manager',
    'addon-by-eks',
    'pod-by-kubelet',
  ],
  nothing: [
    'status-of-operator',
    'lease-of-operator',
    'event-of-operator',
    'token-by-person',
    'exec-by-person',
    'forbidden',
    'conflict',
    'rehearsal-by-person',
    'read-by-person',
    'request-received',
    'without-object',
  ],
};

for (const [verdict, names] of Object.entries(verdicts)) {
  for (const name of names)
    test(`judge-audit-event takes ${name} for: ${verdict}`, () => {
      const { events, malformed } = readAuditEvents([readFileSync(new URL(`${name}.json`, folder), 'utf8')]);
      deepEqual([events.map(judgeAuditEvent), malformed], [[verdict], 0]);
    });
}

test('judge-audit-event is tried on every payload', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  deepEqual(
    Object.values(verdicts)
      .flat()
      .map((name) => `${name}.json`)
      .toSorted(),
    files.toSorted(),
  );
});
