import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { inParallel, settleInParallel } from '../../lib/flow/in-parallel.ts';

test('in-parallel keeps the order of the items, whichever task ends first', async () => {
  const results = await inParallel([3, 1, 2], async (turns) => {
    for (let left = turns; left > 0; left -= 1) await turn();
    return turns * 10;
  });
  deepEqual(results, [30, 10, 20]);
});

test('in-parallel runs as many at a time as it may, and no more', async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 10 }, (_, index) => index);
  await inParallel(
    items,
    async () => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
    },
    3,
  );
  equal(most, 3);
});

test('in-parallel has no results for no items', async () => deepEqual(await inParallel([], async () => 1), []));

test('in-parallel throws what a task threw', async () => {
  await rejects(
    inParallel([1, 2], async (item) => {
      if (item === 2) throw new RangeError('two');
    }),
    RangeError,
  );
});

test('in-parallel leaves nothing running behind a failure, and begins nothing more', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const task = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new RangeError('one');
    for (let left = item; left > 0; left -= 1) await turn();
    ended.push(item);
  };
  await rejects(inParallel([1, 2, 3, 4, 5], task, 3), RangeError);
  deepEqual({ begun, ended }, { begun: [1, 2, 3], ended: [2, 3] });
  await turn();
  deepEqual(begun, [1, 2, 3]);
});

test('settle-in-parallel lets every task finish and keeps what each came to', async () => {
  const bug = new RangeError('two');
  const results = await settleInParallel([1, 2, 3], async (item) => {
    if (item === 2) throw bug;
    return item;
  });
  deepEqual(results, [
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: bug },
    { status: 'fulfilled', value: 3 },
  ]);
});
