/** Each function's list, over a store that works: all of it goes through, and nothing real is touched. */
import { deepEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { apiSelfChecks } from '../../../functions/api/self-checks.ts';
import { auditSelfChecks } from '../../../functions/audit/self-checks.ts';
import { driftSelfChecks } from '../../../functions/drift/self-checks.ts';
import { notifySelfChecks } from '../../../functions/notify/self-checks.ts';
import { renderSelfChecks } from '../../../functions/render/self-checks.ts';
import type { SelfCheck } from '../../../functions/self-test.ts';
import { syncSelfChecks } from '../../../functions/sync/self-checks.ts';
import { webhookSelfChecks } from '../../../functions/webhook/self-checks.ts';
import { openMemoryStore } from '../../../lib/adapters/memory/memory-store.ts';
import { openSqliteStore } from '../../../lib/adapters/sqlite/sqlite-store.ts';
import type { PlacedReference } from '../../../lib/core/config/references-of.ts';
import type { Renderer } from '../../../lib/ports/renderer.ts';
import type { Secrets } from '../../../lib/ports/secrets.ts';
import { exampleApplication } from '../../contracts/example-application.ts';
import { exampleEvent } from '../../contracts/example-event.ts';
import { memoryCluster } from '../../flow/memory-cluster.ts';
import { doorNow, doorPorts } from '../../support/door-ports.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const references: PlacedReference[] = (['webhook', 'git', 'clusters', 'notify', 'access'] as const).map((purpose) => ({
  where: purpose,
  purpose,
  reference: { secretsManager: `trueup/prod/${purpose}/x` },
}));

/** `file`: the store is in SQLite, not in memory. */
function parts({ file }: { file?: string } = {}) {
  const rendered: string[][] = [];
  const renderer: Renderer = {
    async render({ files }) {
      rendered.push([...files.keys()]);
      return { tool: 'kustomize', manifests: [], reads: [], warnings: [] };
    },
  };
  const read: string[] = [];
  const secrets: Secrets = {
    async read(reference, options) {
      read.push(`${Object.values(reference)[0]}${options?.fresh ? ' anew' : ''}`);
      return 'secret';
    },
  };
  const ports = {
    ...doorPorts({ renderer, cluster: () => memoryCluster(() => doorNow) }),
    ...(file !== undefined && openSqliteStore(file)),
    clustersOfEks: () => [],
  };
  const readConfig = async () => ({});
  const sync = {
    inbox: { again: async () => {} },
    scratch: openMemoryStore(() => doorNow).blobs,
    readKey: async () => new Uint8Array(32),
    searches: [{ tag: 'trueup=yes', region: 'eu-west-1' }],
    search: async () => [],
  };
  const spill = openMemoryStore(() => doorNow).blobs;
  return { ports, renderer, secrets, references, readConfig, ...sync, spill, read, rendered };
}

async function attemptAll(checks: readonly SelfCheck[]): Promise<string[]> {
  for (const { attempt } of checks) await attempt();
  return checks.map(({ check }) => check);
}

for (const { it, list, says, reads } of [
  {
    it: 'webhook',
    list: webhookSelfChecks,
    says: 'remembers deliveries',
    reads: ['trueup/prod/webhook/x anew'],
  },
  {
    it: 'sync',
    list: syncSelfChecks,
    says: 'signs in to the cluster prod',
    reads: ['trueup/prod/git/x anew', 'trueup/prod/clusters/x anew', 'trueup/prod/notify/x anew'],
  },
  { it: 'render', list: renderSelfChecks, says: 'renders with Helm', reads: [] },
  { it: 'drift', list: driftSelfChecks, says: 'finds what is overdue', reads: [] },
  { it: 'audit', list: auditSelfChecks, says: 'queues wake-ups', reads: [] },
  {
    it: 'notify',
    list: notifySelfChecks,
    says: 'keeps notices',
    reads: ['trueup/prod/git/x anew', 'trueup/prod/notify/x anew'],
  },
  { it: 'api', list: apiSelfChecks, says: 'reads the record', reads: ['trueup/prod/access/x anew'] },
])
  test(`self-checks of ${it} go through, and read only its own secrets`, async () => {
    const given = parts();
    await given.spill.put('self-test', new Uint8Array());
    const names = await attemptAll(list(given));
    ok(names.includes(says));
    deepEqual(names.toSorted(), [...new Set(names)].toSorted());
    deepEqual(given.read.toSorted(), reads.toSorted());
  });

for (const sqlite of [false, true])
  test(`self-checks of sync leave everything as it was, ${sqlite ? 'in SQLite' : 'in memory'}`, async (t) => {
    const { ports, ...rest } = parts(sqlite ? { file: join(tempFolder(t), 'trueup.db') } : {});
    await ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
    await ports.events.append([{ event: exampleEvent({ id: 'e-1' }), channels: ['slack/ops'] }]);
    const before = await ports.applications.list();
    await attemptAll(syncSelfChecks({ ports, ...rest }));
    deepEqual(await ports.applications.list(), before);
    deepEqual(await ports.wakes.overdue(doorNow, 9), ['shop']);
    const due = await ports.outbox.take({ now: doorNow, limit: 9, forMs: 1 });
    deepEqual(
      due.map(({ id, attempts }) => [id, attempts]),
      [['e-1@slack/ops', 0]],
    );
    deepEqual(await ports.positions.of('trueup-self-test'), {});
    deepEqual(await ports.blobs.get('self-test'), null);
    const free = { of: 1, holder: 'x', now: doorNow, forMs: 1 };
    ok((await ports.slots.take('trueup-self-test', free)) !== null);
  });

test('self-checks of render hand over a kustomization and a chart', async () => {
  const given = parts();
  await attemptAll(renderSelfChecks(given));
  deepEqual(given.rendered, [
    ['kustomization.yaml', 'self-test.yaml'],
    ['Chart.yaml', 'templates/self-test.yaml'],
  ]);
});

test('self-checks of a reader say when sync has left nothing to read', async () => {
  const given = parts();
  const check = auditSelfChecks(given).find(({ check }) => check === 'reads large items');
  const error = await check?.attempt().catch((caught: unknown) => caught);
  ok(error instanceof Error && 'code' in error && error.code === 'doctor.not_left');
});
