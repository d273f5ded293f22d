/** What every permanent record promises. */
import { deepEqual } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Event } from '../../lib/core/event/event.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleEvent } from './example-event.ts';

type Store = Pick<Ports, 'events' | 'outbox'>;

export function eventLogContract(adapter: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${adapter} events: what is appended is listed as it was, newest first`, async (t) => {
    const { events } = await open(t);
    const early = exampleEvent({ id: 'e1', at: '2026-05-01T12:00:00.000Z' });
    const { revision: _, ...told } = exampleEvent({ id: 'e0', at: '2026-05-01T12:00:01.000Z' });
    const late: Event = {
      ...told,
      type: 'drift.found',
      what: 'changed',
      object: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' },
      diff: [{ path: 'spec.replicas', from: 2, to: 5 }],
      action: 'reverted',
      by: [{ manager: 'kubectl-scale', at: '2026-05-01T12:00:00.500Z' }],
    };
    await events.append([
      { event: late, channels: [] },
      { event: early, channels: [] },
    ]);
    deepEqual(await events.list({ limit: 10 }), [late, early]);
  });

  test(`${adapter} events: nothing appended is nothing listed`, async (t) => {
    const { events } = await open(t);
    await events.append([]);
    deepEqual(await events.list({ limit: 10 }), []);
  });

  test(`${adapter} events: those of one millisecond are ordered by id`, async (t) => {
    const { events } = await open(t);
    await events.append(['e2', 'e3', 'e1'].map((id) => ({ event: exampleEvent({ id }), channels: [] })));
    deepEqual(idsOf(await events.list({ limit: 10 })), ['e3', 'e2', 'e1']);
  });

  test(`${adapter} events: pages follow one another without a gap or a repetition`, async (t) => {
    const { events } = await open(t);
    const at = (seconds: number) => `2026-05-01T12:00:0${seconds}.000Z`;
    await events.append(
      [
        { id: 'a', at: at(3) },
        { id: 'b', at: at(1) },
        { id: 'c', at: at(3) },
        { id: 'd', at: at(2) },
        { id: 'e', at: at(4) },
      ].map((given) => ({ event: exampleEvent(given), channels: [] })),
    );
    deepEqual(idsOf(await events.list({ limit: 2 })), ['e', 'c']);
    deepEqual(idsOf(await events.list({ limit: 2, before: 'c' })), ['a', 'd']);
    deepEqual(idsOf(await events.list({ limit: 2, before: 'd' })), ['b']);
    deepEqual(idsOf(await events.list({ limit: 2, before: 'b' })), []);
  });

  test(`${adapter} events: after an unknown event nothing comes`, async (t) => {
    const { events } = await open(t);
    await events.append([{ event: exampleEvent({ id: 'e1' }), channels: [] }]);
    deepEqual(await events.list({ limit: 10, before: 'nothing' }), []);
  });

  test(`${adapter} events: one Application sees only its own, page by page`, async (t) => {
    const { events } = await open(t);
    await events.append(
      ['e1', 'e2', 'e3', 'e4'].map((id, index) => ({
        event: exampleEvent({ id, application: index % 2 === 0 ? 'shop' : 'web' }),
        channels: [],
      })),
    );
    deepEqual(idsOf(await events.list({ application: 'shop', limit: 10 })), ['e3', 'e1']);
    deepEqual(idsOf(await events.list({ application: 'shop', limit: 10, before: 'e3' })), ['e1']);
    deepEqual(idsOf(await events.list({ application: 'nobody', limit: 10 })), []);
  });

  test(`${adapter} events: every event owes one notice to each of its channels`, async (t) => {
    const { events, outbox } = await open(t);
    const event = exampleEvent({ id: 'e1' });
    await events.append([
      { event, channels: ['slack', 'status'] },
      { event: exampleEvent({ id: 'e2' }), channels: [] },
    ]);
    deepEqual(await outbox.take({ now: 0, limit: 10, forMs: 0 }), [
      { id: 'e1@slack', channel: 'slack', event, attempts: 0 },
      { id: 'e1@status', channel: 'status', event, attempts: 0 },
    ]);
  });

  test(`${adapter} events: an event that is written again changes nothing and tells nobody again`, async (t) => {
    const { events, outbox } = await open(t);
    const first = exampleEvent({ id: 'e1', why: 'as it happened' });
    await events.append([{ event: first, channels: ['slack'] }]);
    await outbox.done('e1@slack');
    const second = exampleEvent({ id: 'e2' });
    await events.append([
      { event: exampleEvent({ id: 'e1', why: 'as told the second time' }), channels: ['slack', 'status'] },
      { event: second, channels: ['slack'] },
    ]);
    deepEqual(await events.list({ limit: 10 }), [second, first]);
    deepEqual(
      (await outbox.take({ now: 0, limit: 10, forMs: 0 })).map(({ id }) => id),
      ['e2@slack'],
    );
  });

  test(`${adapter} events: a thousand at once are kept`, async (t) => {
    const { events, outbox } = await open(t);
    await events.append(
      Array.from({ length: 1000 }, (_, index) => ({ event: exampleEvent({ id: `e${index}` }), channels: ['slack'] })),
    );
    deepEqual((await events.list({ limit: 2000 })).length, 1000);
    deepEqual((await outbox.take({ now: 0, limit: 2000, forMs: 0 })).length, 1000);
  });
}

function idsOf(events: Event[]): string[] {
  return events.map(({ id }) => id);
}
