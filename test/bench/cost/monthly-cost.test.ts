import { ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { Work } from '../../../bench/aws/work.ts';
import { type Installation, monthlyCost, totalOf, type Usage } from '../../../bench/cost/monthly-cost.ts';

const nothing: Work = { runs: {}, requests: {}, readUnits: 0, writeUnits: 0, logBytes: 0 };
const usage = (of: Partial<Record<'minute' | 'push' | 'heal', Partial<Work>>>): Usage => ({
  minute: { ...nothing, ...of.minute },
  push: { ...nothing, ...of.push },
  heal: { ...nothing, ...of.heal },
  repositories: 1,
  metrics: { idle: 0, busy: 0 },
});
const one: Installation = { clusters: 1, repositoriesEach: 1, pushesADayEach: 0, healsADayEach: 0, network: 'none' };
const near = (found: number, expected: number) => ok(Math.abs(found - expected) < expected / 1000, `${found}`);
const minutes = 43_800;

test('monthly-cost charges duration times memory, and the request', () => {
  const runs = { 'sync cluster': { times: 1, ms: 1000, memoryMb: 1024 } };
  near(monthlyCost(usage({ minute: { runs } }), one).Lambda, minutes * (0.0000133334 + 0.0000002));
});

test('monthly-cost charges the clock once, longer with more Applications, and a sweep for every cluster', () => {
  const clock = { drift: { times: 1, ms: 100, memoryMb: 1024 } };
  const sweep = { 'sync cluster': { times: 1, ms: 100, memoryMb: 1024 } };
  const ten = { ...one, clusters: 10 };
  near(monthlyCost(usage({ minute: { runs: clock } }), ten).Lambda, minutes * (0.0000133334 + 0.0000002));
  near(monthlyCost(usage({ minute: { runs: sweep } }), ten).Lambda, minutes * (0.0000133334 + 10 * 0.0000002));
});

test('monthly-cost charges render for its other processor', () => {
  const runs = { render: { times: 1, ms: 1000, memoryMb: 1024 } };
  const bill = monthlyCost(usage({ push: { runs } }), { ...one, pushesADayEach: 10 });
  near(bill.Lambda, 304 * (0.0000166667 + 0.0000002));
});

test('monthly-cost charges a message for its sending, receiving and deleting, and the pollers when nothing comes', () => {
  const { SQS } = monthlyCost(usage({ minute: { requests: { 'AmazonSQS SendMessage': 3 } } }), one);
  near(SQS, minutes * (3 * 3 + 15) * 0.4e-6);
});

test('monthly-cost adds a look at each further repository every minute', () => {
  const runs = { 'sync repository': { times: 1, ms: 100, memoryMb: 1024 } };
  const twenty = monthlyCost(usage({ minute: { runs } }), { ...one, repositoriesEach: 20 });
  const single = monthlyCost(usage({ minute: { runs } }), one);
  near(twenty.Lambda, 20 * single.Lambda);
  ok(twenty.DynamoDB > single.DynamoDB && twenty.SQS > single.SQS);
});

test('monthly-cost charges the ways out of a VPC', () => {
  const { Network } = monthlyCost(usage({}), { ...one, network: 'natInTwoZones' });
  near(Network, 730 * 2 * 0.048 + ((minutes * 0.25) / 1000) * 0.048);
  near(monthlyCost(usage({}), { ...one, network: 'endpointsInTwoZones' }).Network, 730 * 10 * 0.011);
});

test('monthly-cost grows no faster than the clusters', () => {
  const minute = { runs: { drift: { times: 1, ms: 100, memoryMb: 512 } }, readUnits: 100, logBytes: 1000 };
  const cost = (clusters: number) => totalOf(monthlyCost(usage({ minute }), { ...one, clusters }));
  ok(cost(50) <= 50 * cost(1));
});
