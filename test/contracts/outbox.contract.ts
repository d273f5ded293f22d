/** What every outbox promises. */
import { deepEqual } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleEvent } from './example-event.ts';

type Store = Pick<Ports, 'events' | 'outbox'>;

export function outboxContract(adapter: string, open: (t: TestContext) => Promise<Store>): void {
  async function owing(t: TestContext, ids: readonly string[]) {
    const { events, outbox } = await open(t);
    await events.append(ids.map((id) => ({ event: exampleEvent({ id }), channels: ['slack'] })));
    const due = async (now: number, limit = 10) => (await outbox.take({ now, limit, forMs: 0 })).map(({ id }) => id);
    return { outbox, due };
  }

  test(`${adapter} outbox: a notice stays due until it is done`, async (t) => {
    const { outbox, due } = await owing(t, ['e1', 'e2']);
    deepEqual(await due(0), ['e1@slack', 'e2@slack']);
    deepEqual(await due(0), ['e1@slack', 'e2@slack']);
    await outbox.done('e1@slack');
    await outbox.done('e1@slack');
    deepEqual(await due(0), ['e2@slack']);
  });

  test(`${adapter} outbox: what one worker took is nobody else's until its time is over`, async (t) => {
    const { outbox, due } = await owing(t, ['e1', 'e2']);
    deepEqual(
      (await outbox.take({ now: 100, limit: 1, forMs: 50 })).map(({ id }) => id),
      ['e1@slack'],
    );
    deepEqual(await due(149), ['e2@slack']);
    deepEqual((await due(150)).toSorted(), ['e1@slack', 'e2@slack']);
  });

  test(`${adapter} outbox: one put off comes back when it is time, counted`, async (t) => {
    const { outbox, due } = await owing(t, ['e1']);
    await outbox.again('e1@slack', 500);
    deepEqual(await due(499), []);
    await outbox.again('e1@slack', 900);
    deepEqual(await due(899), []);
    deepEqual(
      (await outbox.take({ now: 900, limit: 10, forMs: 0 })).map(({ id, attempts }) => ({ id, attempts })),
      [{ id: 'e1@slack', attempts: 2 }],
    );
  });

  test(`${adapter} outbox: one that is done does not come back`, async (t) => {
    const { outbox, due } = await owing(t, ['e1']);
    await outbox.done('e1@slack');
    await outbox.again('e1@slack', 0);
    deepEqual(await due(1e15), []);
  });

  test(`${adapter} outbox: no more than asked for, those that waited longest first`, async (t) => {
    const { outbox, due } = await owing(t, ['e1', 'e2', 'e3']);
    await outbox.again('e1@slack', 700);
    await outbox.again('e2@slack', 600);
    const first = await outbox.take({ now: 700, limit: 2, forMs: 100 });
    deepEqual(
      first.map(({ id }) => id),
      ['e3@slack', 'e2@slack'],
    );
    deepEqual(await due(700), ['e1@slack']);
  });
}
