import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Run } from '../../../bench/aws/read-runs.ts';
import { without, workOf } from '../../../bench/aws/work.ts';

const run = (of: string, ms: number): Run => ({ of, endedAt: 0, ms, memoryMb: 512, logBytes: 100, metrics: [] });
const tally = (queries: number) => ({ requests: { 'DynamoDB Query': queries }, units: { read: queries, write: 1 } });

test('work is what it takes in the mean, and as long as when it ran best', () => {
  const busy = { runs: [run('sync application', 90), run('sync application', 400), run('notify', 9)], tally: tally(4) };
  const calm = { runs: [run('sync application', 20), run('sync application', 100)], tally: tally(2) };
  deepEqual(workOf([busy, calm]), {
    runs: { notify: { times: 0.5, ms: 9, memoryMb: 512 }, 'sync application': { times: 2, ms: 60, memoryMb: 512 } },
    requests: { 'DynamoDB Query': 3 },
    readUnits: 3,
    writeUnits: 1,
    logBytes: 250,
  });
});

test('work without the minutes in which it was done is what the clock does not do', () => {
  const minute = workOf([{ runs: [run('drift', 10)], tally: tally(2) }]);
  const healed = workOf([
    { runs: [run('drift', 10), run('drift', 12), run('sync application', 300)], tally: tally(6) },
  ]);
  deepEqual(without(healed, minute, 2), {
    runs: { 'sync application': { times: 1, ms: 300, memoryMb: 512 } },
    requests: { 'DynamoDB Query': 2 },
    readUnits: 2,
    writeUnits: 0,
    logBytes: 100,
  });
});
