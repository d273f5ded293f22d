/** A watch tells what it received, and ends in every way a watch can end. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Change } from '../../../lib/ports/cluster.ts';
import { apiDouble, configMap, configMaps, type Reply, status } from './api-double.ts';

const event = (type: string, object: unknown) => `${JSON.stringify({ type, object })}\n`;
const added = (name: string, position: string) => event('ADDED', configMap(name, position));
const bookmark = event('BOOKMARK', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion: '90' } });
const tooOld = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 1 (446)' };

/** `write` gets the open answer. */
const streaming = (write: (response: ServerResponse) => void): Reply => ({
  hold: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    write(response);
  },
});

async function watched(t: TestContext, reply: Reply, options: { quietMs?: number; signal?: AbortSignal } = {}) {
  const { cluster, asked } = await apiDouble(t, () => reply);
  const changes: Change[] = [];
  const start = performance.now();
  for await (const change of cluster.changes(configMaps, { from: '7', ...options })) changes.push(change);
  return { told: changes.map(told), asked, ms: performance.now() - start };
}

function told(change: Change): string {
  if (change.type === 'EXPIRED') return 'EXPIRED';
  return 'object' in change
    ? `${change.type} ${change.object.metadata.name} ${change.position}`
    : `${change.type} ${change.position}`;
}

test('watch-changes tells events and bookmarks with their positions, until the server ends it', async (t) => {
  const { told } = await watched(
    t,
    streaming((response) => response.end(added('web', '8') + bookmark)),
  );
  deepEqual(told, ['ADDED web 8', 'BOOKMARK 90']);
});

test('watch-changes asks from the position on, for the label, with bookmarks', async (t) => {
  const { cluster, asked } = await apiDouble(t, () => streaming((response) => response.end()));
  const options = { from: '7', labelSelector: 'a in (b)', namespace: 'shop' };
  for await (const change of cluster.changes(configMaps, options)) throw new Error(`unexpected ${told(change)}`);
  equal(asked.at(-1)?.path, '/api/v1/namespaces/shop/configmaps');
  deepEqual(asked.at(-1)?.query, {
    watch: 'true',
    resourceVersion: '7',
    labelSelector: 'a in (b)',
    allowWatchBookmarks: 'true',
    timeoutSeconds: '290',
  });
});

test('watch-changes puts lines together that arrive in pieces, also within a character', async (t) => {
  const bytes = Buffer.from(added('wéb-€-🚀', '8') + added('next', '9'));
  const byByte = streaming((response) => {
    response.socket?.setNoDelay(true);
    let at = 0;
    const writeNext = () => {
      if (at === bytes.length) return response.end();
      response.write(bytes.subarray(at, at + 1));
      at += 1;
      return setImmediate(writeNext);
    };
    writeNext();
  });
  deepEqual((await watched(t, byByte)).told, ['ADDED wéb-€-🚀 8', 'ADDED next 9']);
});

test('watch-changes ends after a quiet moment, counted from the last event', async (t) => {
  const slowly = streaming((response) => {
    response.write(added('one', '8'));
    setTimeout(() => response.write(added('two', '9')), 60);
  });
  const { told, ms } = await watched(t, slowly, { quietMs: 100 });
  deepEqual(told, ['ADDED one 8', 'ADDED two 9']);
  ok(ms >= 150 && ms < 1500, `${ms} ms`);
});

test('watch-changes does not count the time its reader takes as quiet', async (t) => {
  const reply = streaming((response) => {
    response.write(added('one', '8'));
    setTimeout(() => response.write(added('two', '9')), 40);
  });
  const { cluster } = await apiDouble(t, () => reply);
  const names: string[] = [];
  for await (const change of cluster.changes(configMaps, { from: '7', quietMs: 80 })) {
    names.push(told(change));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  deepEqual(names, ['ADDED one 8', 'ADDED two 9']);
});

test('watch-changes keeps what it received when the connection breaks, without the half line', async (t) => {
  const broken = streaming((response) => {
    response.write(`${added('one', '8')}{"type":"ADDED","obj`, () => setTimeout(() => response.destroy(), 20));
  });
  deepEqual((await watched(t, broken)).told, ['ADDED one 8']);
});

test('watch-changes ends quietly when it is aborted', async (t) => {
  const stop = new AbortController();
  const open = streaming((response) => {
    response.write(added('one', '8'), () => setTimeout(() => stop.abort(), 20));
  });
  deepEqual((await watched(t, open, { signal: stop.signal })).told, ['ADDED one 8']);
  deepEqual((await watched(t, open, { signal: stop.signal })).told, [], 'aborted before it began');
});

test('watch-changes closes the connection when its reader leaves', async (t) => {
  const closed = Promise.withResolvers<void>();
  const endless = streaming((response) => {
    response.on('close', closed.resolve);
    response.write(added('one', '8'));
  });
  const { cluster } = await apiDouble(t, () => endless);
  for await (const _ of cluster.changes(configMaps, { from: '7' })) break;
  await closed.promise;
});

for (const { it, reply } of [
  { it: 'an ERROR event', reply: streaming((response) => response.end(event('ERROR', tooOld))) },
  { it: 'a refused watch', reply: status(410, 'too old resource version') },
  {
    it: 'a position newer than the server (etcd was restored)',
    reply: status(504, 'Too large resource version: 9, current: 4', {
      details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }] },
    }),
  },
]) {
  test(`watch-changes says EXPIRED on ${it}, and nothing after`, async (t) => {
    deepEqual((await watched(t, reply)).told, ['EXPIRED']);
  });
}

test('watch-changes says what else goes wrong as a fault', async (t) => {
  const failing = streaming((response) => {
    response.end(event('ERROR', { kind: 'Status', code: 500, message: 'etcd event received with PrevKv=nil' }));
  });
  const failed = (error: unknown) => error instanceof Fault && error.code === 'cluster.failed';
  await rejects(watched(t, failing), failed);
  const gone = (error: unknown) => error instanceof Fault && error.code === 'cluster.kind_gone';
  await rejects(watched(t, status(404, 'the server could not find the requested resource')), gone);
});

test('watch-changes makes the server look at etcd when a bookmark is waited for', async (t) => {
  const { cluster, asked } = await apiDouble(t, ({ query }) =>
    query.watch
      ? streaming((response) => response.end(bookmark))
      : { json: { metadata: { resourceVersion: '90' }, items: [] } },
  );
  for await (const change of cluster.changes(configMaps, { from: '7', forSeconds: 3 }))
    equal(told(change), 'BOOKMARK 90');
  deepEqual(
    asked.map(({ query }) => query.timeoutSeconds ?? `limit ${query.limit}`),
    ['limit 1', '3'],
  );
});
