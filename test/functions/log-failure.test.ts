import { deepEqual, rejects } from 'node:assert/strict';
import test from 'node:test';
import middy from '@middy/core';
import { logFailure } from '../../functions/log-failure.ts';
import { settleFault } from '../../functions/settle-fault.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { Log } from '../../lib/ports/log.ts';
import { silentLog } from '../support/silent-log.ts';
import { httpEvent, lambdaContext, scheduledEvent } from './lambda-events.ts';

function listen() {
  const lines: [string, unknown][] = [];
  const log: Log = { ...silentLog, error: (name, _, error) => lines.push([name, error]) };
  return { log, lines };
}

for (const { it, error, name } of [
  { it: 'a fault', error: new Fault('store.no_table', { path: 't' }), name: 'invocation.failed' },
  { it: 'a bug', error: new TypeError('bug'), name: 'unexpected' },
])
  test(`log-failure tells of ${it}, and leaves the invocation failed`, async () => {
    const { log, lines } = listen();
    const door = middy()
      .use(logFailure(log))
      .handler(async () => {
        throw error;
      });
    await rejects(async () => door(scheduledEvent, lambdaContext), error);
    deepEqual(lines, [[name, error]]);
  });

test('log-failure leaves to the door what the door answers', async () => {
  const { log, lines } = listen();
  const door = middy()
    .use([logFailure(log), settleFault(silentLog)])
    .handler(async () => {
      throw new Fault('store.no_table', { path: 't' });
    });
  await door(httpEvent({ routeKey: 'POST /x', path: '/x' }), lambdaContext);
  deepEqual(lines, []);
});
