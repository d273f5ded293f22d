import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { clustersOfEks } from '../../../functions/wire/clusters-of-eks.ts';

const eks = (name: string, cluster: string, region: string) => ({ name, concurrency: 10, eks: { cluster, region } });
const clusters = [
  eks('prod-eu', 'prod', 'eu-west-1'),
  eks('prod-us', 'prod', 'us-east-1'),
  eks('stage', 'stage', 'eu-west-1'),
  { name: 'prod', concurrency: 10, kubeconfig: './kubeconfig' },
];

for (const [it, name, gives] of [
  ['one', 'stage', ['stage']],
  ['all that are called so', 'prod', ['prod-eu', 'prod-us']],
  ['none', 'other', []],
] as const)
  test(`clusters-of-eks finds ${it}`, () => deepEqual(clustersOfEks(name, clusters), gives));
