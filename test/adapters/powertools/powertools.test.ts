import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test, { type TestContext } from 'node:test';
import middy from '@middy/core';
import { openPowertools } from '../../../lib/adapters/powertools/open-powertools.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Log } from '../../../lib/ports/log.ts';
import { lambdaContext } from '../../functions/lambda-events.ts';
import { capturedLines } from './captured-lines.ts';

const settings = { service: 'sync', stage: 'prod', tracing: false };

/** One invocation of a function that does this. */
async function invoked(t: TestContext, run: (log: Log) => void) {
  const { log, middleware } = await openPowertools(settings);
  const handler = middy<unknown, void>()
    .use(middleware)
    .handler(async () => run(log));
  return capturedLines(t, () => handler({}, lambdaContext).catch(() => {}));
}

test('powertools writes the line of every other log, and from which invocation it is', async (t) => {
  const [line = {}] = await invoked(t, (log) => log.info('object.applied', { object: 'a\nb', count: 2, none: '' }));
  match(String(line.at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  deepEqual(
    { ...line, at: '' },
    {
      at: '',
      level: 'info',
      name: 'object.applied',
      service: 'sync',
      requestId: 'request-1',
      object: 'a\nb',
      count: 2,
    },
  );
});

test('powertools keeps facts whose names mean something to the library', async (t) => {
  const facts = { message: { about: 'fleet' }, service: 'web', timestamp: 1, sampling_rate: 2 };
  const [line = {}, ...others] = await invoked(t, (log) => log.warn('a', facts));
  deepEqual({ ...line, ...facts }, line);
  equal(line.level, 'warn');
  deepEqual(others, []);
});

test('powertools keeps the code and hint of a fault, and the stack of what caused it', async (t) => {
  const fault = new Fault('store.full', { path: '/a' }, { cause: new TypeError('socket closed') });
  const [line = {}] = await invoked(t, (log) => log.error('tick.failed', { why: 'tick' }, fault));
  equal(line.level, 'error');
  equal(line.why, 'tick');
  const text = JSON.stringify(line.error);
  match(text, /"code":"store\.full"/);
  match(text, /Free space/);
  match(text, /"stack":"TypeError: socket closed\\n/);
});

test('powertools never shows what a key calls a secret, however deep, nor the bytes of anything', async (t) => {
  const facts = {
    token: 'hunter2',
    nested: [{ webhookSecret: 'hunter2' }],
    bytes: new TextEncoder().encode('hunter2'),
  };
  const fault = new Fault('store.full', { path: '/a', password: 'hunter2' });
  const lines = await invoked(t, (log) => {
    log.info('a', facts);
    log.error('b', facts, fault);
  });
  const text = JSON.stringify(lines);
  equal(lines.length, 2);
  ok(!text.includes('hunter2'), text);
  match(text, /\(redacted\)/);
  match(text, /7 bytes/);
});

test('powertools publishes once an invocation what its lines count, by function and stage only', async (t) => {
  const lines = await invoked(t, (log) => {
    log.info('sync.finished', { application: 'shop', result: 'succeeded', durationMs: 900 });
    log.info('sync.finished', { application: 'web', result: 'succeeded', durationMs: 100 });
    log.info('sync.step', { application: 'web' });
  });
  equal(lines.length, 4);
  const { _aws, ...values } = lines.at(-1) ?? {};
  deepEqual(values, { service: 'sync', stage: 'prod', 'sync.succeeded': [1, 1], 'sync.duration': [900, 100] });
  deepEqual(
    { ...asObject(_aws), Timestamp: 0 },
    {
      Timestamp: 0,
      CloudWatchMetrics: [
        {
          Namespace: 'Trueup',
          Dimensions: [['service', 'stage']],
          Metrics: [
            { Name: 'sync.succeeded', Unit: 'Count' },
            { Name: 'sync.duration', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
  );
});

test('powertools publishes also when the function fails', async (t) => {
  const lines = await invoked(t, (log) => {
    log.error('unexpected', {});
    throw new Error('bug');
  });
  equal(lines.at(-1)?.unexpected, 1);
});

test('powertools says nothing where there is nothing to say', async (t) => {
  deepEqual(await invoked(t, () => {}), []);
});

for (const [tracing, loaded] of [
  [false, 'false'],
  [true, 'true'],
] as const) {
  test(`powertools loads the library of traces: ${tracing}, when tracing is ${tracing ? 'on' : 'off'}`, () => {
    const module = new URL('../../../lib/adapters/powertools/open-powertools.ts', import.meta.url);
    const script = `
      const { openPowertools } = await import(${JSON.stringify(module.href)});
      const { traced, middleware } = await openPowertools({ service: 'sync', stage: 'prod', tracing: ${tracing} });
      const client = { send() {}, middlewareStack: { remove() {}, use() {} }, config: {} };
      if (traced(client) !== client) throw new Error('a traced client stays the same client');
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire(${JSON.stringify(module.href)}).cache).some((path) => path.includes('aws-xray-sdk'));
      console.log(loaded, middleware.length);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    equal(said.trim(), `${loaded} ${tracing ? 2 : 1}`);
  });
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
