/** What every queue promises: at least once, in any order, delayed, invisible while somebody works on it. */
import { deepEqual, equal } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Inbox, Message, Queue } from '../../lib/ports/queue.ts';

/** `pass` lets time go by: a fake clock moves, a real queue is waited for. */
export type QueueUnderTest = { queue: Queue; inbox: Inbox; now(): number; pass(ms: number): Promise<void> };

const shop: Message = { about: 'application', name: 'shop', why: 'push' };
const web: Message = { about: 'application', name: 'web', why: 'push' };

export function queueContract(adapter: string, open: (t: TestContext) => Promise<QueueUnderTest>): void {
  async function opened(t: TestContext) {
    const { queue, inbox, now, pass } = await open(t);
    const receive = (max = 10) => inbox.receive({ max, now: now(), forMs: 2000 });
    const received = async () => {
      const [first, ...others] = await receive();
      if (first === undefined || others.length > 0) throw new Error('expected one message');
      return first;
    };
    return { queue, inbox, now, pass, receive, received };
  }

  test(`${adapter} queue: every kind of message arrives as it was sent`, async (t) => {
    const { queue, receive } = await opened(t);
    const messages: Message[] = [
      { about: 'repository', repoURL: 'https://git.example.com/team/shop', why: 'push by Ann' },
      shop,
      { about: 'cluster', name: 'prod', why: 'tick', kinds: ['apps/v1/Deployment', 'v1/Secret'] },
      { about: 'fleet', why: 'start' },
      { about: 'outbox', why: 'tick' },
    ];
    for (const message of messages) await queue.send(message);
    const arrived = await receive();
    deepEqual(new Set(arrived.map(({ message }) => JSON.stringify(message))), new Set(messages.map(toText)));
    deepEqual(
      arrived.map(({ deliveries }) => deliveries),
      [1, 1, 1, 1, 1],
    );
  });

  test(`${adapter} queue: an empty one gives nothing`, async (t) => {
    const { receive } = await opened(t);
    deepEqual(await receive(), []);
  });

  test(`${adapter} queue: no more than asked for`, async (t) => {
    const { queue, receive } = await opened(t);
    await queue.send(shop);
    await queue.send(web);
    equal((await receive(1)).length, 1);
    equal((await receive(1)).length, 1);
    equal((await receive(1)).length, 0);
  });

  test(`${adapter} queue: its depth counts what is not done`, async (t) => {
    const { queue, inbox, received } = await opened(t);
    equal(await inbox.depth(), 0);
    await queue.send(shop);
    await queue.send(web, { delayMs: 2000 });
    equal(await inbox.depth(), 2);
    const { receipt } = await received();
    equal(await inbox.depth(), 2);
    await inbox.done(receipt);
    equal(await inbox.depth(), 1);
  });

  test(`${adapter} queue: a delayed message comes when it is time`, async (t) => {
    const { queue, pass, receive } = await opened(t);
    await queue.send(shop, { delayMs: 2000 });
    deepEqual(await receive(), []);
    await pass(2000);
    equal((await receive()).length, 1);
  });

  test(`${adapter} queue: what is not done comes again, counted`, async (t) => {
    const { queue, pass, receive, received } = await opened(t);
    await queue.send(shop);
    await received();
    deepEqual(await receive(), []);
    await pass(2000);
    const { message, deliveries } = await received();
    deepEqual({ message, deliveries }, { message: shop, deliveries: 2 });
  });

  test(`${adapter} queue: what is done never comes again`, async (t) => {
    const { queue, inbox, pass, receive, received } = await opened(t);
    await queue.send(shop);
    const { receipt } = await received();
    await inbox.done(receipt);
    await inbox.done(receipt);
    await pass(3000);
    deepEqual(await receive(), []);
  });

  test(`${adapter} queue: a message can be put off`, async (t) => {
    const { queue, inbox, now, pass, receive, received } = await opened(t);
    await queue.send(shop);
    const { receipt } = await received();
    await inbox.again(receipt, now() + 4000);
    await pass(2000);
    deepEqual(await receive(), []);
    await pass(2000);
    equal((await received()).deliveries, 2);
  });

  test(`${adapter} queue: the same message sent twice is two`, async (t) => {
    const { queue, inbox, received, receive } = await opened(t);
    await queue.send(shop);
    const { receipt } = await received();
    await queue.send(shop);
    await inbox.done(receipt);
    equal((await receive()).length, 1);
  });
}

function toText(message: Message): string {
  return JSON.stringify(message);
}
