import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { argoCdHa, footprint } from '../../../bench/cost/peers.ts';

test('peers pay on nodes for the larger of their shares', () => {
  const { onNodesUsd } = footprint([{ name: 'a', replicas: 1, cpu: 0.2, memoryGib: 4 }], 1);
  ok(Math.abs(onNodesUsd - 0.5 * 0.107 * 730) < 0.01);
});

test('peers pay on Fargate for the size that is sold', () => {
  const { onFargateUsd } = footprint([{ name: 'a', replicas: 2, cpu: 0.1, memoryGib: 0.0625 }], 1);
  ok(Math.abs(onFargateUsd - 2 * (0.25 * 0.04048 + 0.5 * 0.004445) * 730) < 0.01);
});

test('peers that run in every cluster cost as often', () => {
  const pods = [{ name: 'a', replicas: 1, cpu: 0.1, memoryGib: 0.5 }];
  deepEqual(footprint(pods, 50).cpu, 50 * 0.1);
});

test('peers have the fourteen pods of the high availability install of Argo CD', () => {
  ok(argoCdHa.reduce((sum, { replicas }) => sum + replicas, 0) === 14);
});
