/** A connection that died while nobody looked: neither end said so, and what is sent on it is lost. */
import { equal, rejects } from 'node:assert/strict';
import { connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connectCluster } from '../../../lib/adapters/kubernetes/connect-cluster.ts';
import type { Limits } from '../../../lib/adapters/kubernetes/limits.ts';
import { isRecord } from '../../../lib/adapters/kubernetes/parse-object.ts';
import { apiDouble, configMaps } from './api-double.ts';

const object = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'shop', resourceVersion: '2' },
};
const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a' };
const hourMs = 3_600_000;

async function open(t: TestContext, limits: Partial<Limits> = {}) {
  const added = `${JSON.stringify({ type: 'ADDED', object })}\n`;
  const double = await apiDouble(t, ({ query }) =>
    query.watch === 'true' ? { hold: (response) => response.end(added) } : { json: object },
  );
  const { wire, origin } = await silencedWire(t, Number(new URL(double.url).port));
  const access = { origin, prefix: '', tls: {}, headers: {} };
  const cluster = connectCluster({
    name: 'lab',
    access: { current: async () => access, renew: () => {} },
    userAgent: 'trueup/test',
    limits,
  });
  t.after(() => cluster.close());
  const watch = async () => {
    let changes = 0;
    for await (const { type } of cluster.changes(configMaps, { from: '1', quietMs: 100 }))
      changes += type === 'ADDED' ? 1 : 0;
    return changes;
  };
  return { cluster, wire, watch };
}

/** Leads to the port; `silence` makes all connections that there are swallow what is sent, without a word to either end. */
async function silencedWire(t: TestContext, port: number) {
  const pairs: { near: Socket; far: Socket }[] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pairs.push({ near, far });
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const origin = `http://127.0.0.1:${isRecord(address) ? address.port : ''}`;
  t.after(() => {
    server.close();
    for (const { near, far } of pairs) for (const socket of [near, far]) socket.destroy();
  });
  const silence = () => {
    for (const { near, far } of pairs) {
      near.unpipe(far).resume();
      far.unpipe(near).resume();
    }
  };
  return { wire: { silence, connections: () => pairs.length }, origin };
}

test('silent-connection: after an hour in which a function was frozen nothing waits for the connections from before', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 4, 1, 12) });
  const { cluster, wire, watch } = await open(t, { requestMs: 10_000 });
  await cluster.read(ref);
  equal(await watch(), 1);
  const before = wire.connections();
  wire.silence();
  t.mock.timers.tick(hourMs);
  equal((await cluster.read(ref))?.metadata.name, 'a');
  equal(await watch(), 1);
  equal(wire.connections() > before, true);
});

test('silent-connection: a connection in use is kept', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 4, 1, 12) });
  const { cluster, wire } = await open(t);
  await cluster.read(ref);
  const before = wire.connections();
  for (let minute = 0; minute < 5; minute += 1) {
    t.mock.timers.tick(49_000);
    await cluster.read(ref);
  }
  equal(wire.connections(), before);
});

test('silent-connection: one request may fail by it, and not the next', async (t) => {
  const { cluster, wire } = await open(t, { requestMs: 500 });
  await cluster.read(ref);
  wire.silence();
  await rejects(cluster.read(ref), { code: 'cluster.unreachable' });
  equal((await cluster.read(ref))?.metadata.name, 'a');
});
