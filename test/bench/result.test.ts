import { deepEqual, match } from 'node:assert/strict';
import { test } from 'node:test';
import { atMostTimes, type Measurement, tableOf, within } from '../../bench/result.ts';

const runs = (...seconds: number[]): Measurement[] => seconds.map((each) => ({ seconds: each, requests: 10 }));

test('result judges the fastest run against the fastest raw one', () => {
  deepEqual(atMostTimes(1.5, runs(9, 3), runs(2, 8)), {
    says: '<= 1.5x raw: 1.50x at best, 1.20x in the median',
    met: true,
  });
  deepEqual(atMostTimes(1.5, runs(3.1), runs(2)).met, false);
});

test('result judges the most requests any run needed', () => {
  const limits = { seconds: 0.5, requests: 20 };
  const busy = { seconds: 0.1, requests: 21 };
  deepEqual(within(runs(0.9, 0.5), limits), { says: '<= 20 requests, <= 0.5 s', met: true });
  deepEqual(within([...runs(0.1), busy], limits).met, false);
  deepEqual(within(runs(0.6), limits).met, false);
});

test('result tells a missed target in the table', () => {
  const table = tableOf([{ what: 'sweep', runs: runs(4, 1, 2), target: { says: 'fast', met: false } }]);
  match(table, /^sweep +1\.00 +2\.00 +10 +MISSED {2}fast$/m);
});
