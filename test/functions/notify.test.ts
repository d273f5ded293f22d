import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { notify } from '../../functions/notify/notify.ts';
import { exampleEvent } from '../contracts/example-event.ts';
import { doorPorts } from '../support/door-ports.ts';
import { lambdaContext, scheduledEvent } from './lambda-events.ts';

test('notify sends what is due, once', async () => {
  const told: string[] = [];
  const ports = doorPorts({
    announcer: (channel) => ({ announce: async ({ event }) => void told.push(`${channel} ${event.id}`) }),
  });
  await ports.events.append([{ event: exampleEvent({ id: 'e-1' }), channels: ['slack/ops', 'slack/team'] }]);
  deepEqual(await notify(async () => ports)(scheduledEvent, lambdaContext), { sent: 2 });
  deepEqual(told.toSorted(), ['slack/ops e-1', 'slack/team e-1']);
  deepEqual(await notify(async () => ports)(scheduledEvent, lambdaContext), { sent: 0 });
});
