/** What a real API server writes into its audit log is understood: a hand edit is one, what we apply is none. */
import { deepEqual, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ControlPlane } from '../../infra/local/control-plane/control-plane.ts';
import { startControlPlane } from '../../infra/local/control-plane/start-control-plane.ts';
import { findTools } from '../../infra/local/tools.ts';
import { type ConnectedCluster, connectCluster } from '../../lib/adapters/kubernetes/connect-cluster.ts';
import { kubeconfigAccess } from '../../lib/adapters/kubernetes/kubeconfig-access.ts';
import { isInUse } from '../../lib/core/drift/is-in-use.ts';
import { judgeAuditEvent } from '../../lib/core/drift/judge-audit-event.ts';
import { type AuditEvent, readAuditEvents } from '../../lib/core/drift/read-audit-events.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { groupOf } from '../../lib/core/object/object-key.ts';
import { testUsers } from '../support/control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'trueup-test-'));
const run = promisify(execFile);
let controlPlane: ControlPlane;

before(async () => {
  controlPlane = await startControlPlane({ folder, users: testUsers, auditLog: true, pods: 'simulated' });
});
after(() => controlPlane.remove());

/** As a person at a terminal. */
async function kubectl(...args: string[]): Promise<void> {
  await run((await findTools()).kubectl, ['--kubeconfig', controlPlane.kubeconfigFor('alice'), ...args]);
}

function connect(): ConnectedCluster {
  const access = kubeconfigAccess({ cluster: 'prod', path: controlPlane.kubeconfig });
  return connectCluster({ name: 'prod', access, userAgent: 'trueup/0.1.0' });
}

async function auditedUntil(last: (event: AuditEvent) => boolean): Promise<AuditEvent[]> {
  for (let tries = 0; tries < 100; tries++) {
    const text = await readFile(join(folder, 'logs', 'audit.log'), 'utf8');
    const { events } = readAuditEvents(text.split('\n').filter((line) => line.endsWith('}')));
    if (events.some(last)) return events;
    await sleep(100);
  }
  throw new Error('waited in vain for the audit log');
}

function sayWhat({ verb, objectRef, user }: AuditEvent): string {
  const { resource, subresource, name } = objectRef ?? {};
  return [verb, resource, subresource, name, 'by', user.username].filter(Boolean).join(' ');
}

test('receive-audit knows kubectl of a person from ourselves, and both from what a real cluster does all day', async () => {
  const cluster = connect();
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'nginx' };
  try {
    await cluster.apply(nginx(5), { dryRun: true });
    await cluster.apply(nginx(5), { dryRun: false });
    await kubectl('scale', 'deployment', 'nginx', '--replicas=2');
    await kubectl('label', 'deployment', 'nginx', 'by=hand', '--dry-run=server');
    await kubectl('get', 'deployment', 'nginx');
    await cluster.apply(nginx(5), { dryRun: false });
    await kubectl('delete', 'deployment', 'nginx');
    const { uid = '' } = (await cluster.apply(nginx(5), { dryRun: false })).metadata;
    await cluster.remove(ref, { uid, propagation: 'Background' });
  } finally {
    await cluster.close();
  }
  const events = await auditedUntil(
    (event) => event.verb === 'delete' && event.objectRef?.name === 'nginx' && judgeAuditEvent(event) === 'ours',
  );
  const changes = events.filter((event) => judgeAuditEvent(event) === 'change');
  const ours = events.filter((event) => judgeAuditEvent(event) === 'ours');
  const deployments = ['apps/v1/Deployment'];
  deepEqual(changes.filter(({ objectRef }) => objectRef && isInUse(objectRef, deployments)).map(sayWhat), [
    'patch deployments scale nginx by alice',
    'delete deployments nginx by alice',
  ]);
  deepEqual(ours.map(sayWhat), [
    'patch deployments nginx by admin',
    'patch deployments nginx by admin',
    'patch deployments nginx by admin',
    'delete deployments nginx by admin',
  ]);
});

test('is-in-use guesses the plural of everything that a real API server serves of its own', async () => {
  const cluster = connect();
  try {
    const { kinds } = await cluster.facts();
    const wrong = kinds.filter(({ apiVersion, kind, plural }) => {
      const object = { apiGroup: groupOf(apiVersion), resource: plural, namespace: '', name: '', subresource: '' };
      return !isInUse(object, [`${apiVersion}/${kind}`]);
    });
    deepEqual(wrong, []);
    ok(kinds.length > 50);
  } finally {
    await cluster.close();
  }
});

function nginx(replicas: number): KubernetesObject {
  const labels = { app: 'nginx' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'nginx', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
    },
  };
}
