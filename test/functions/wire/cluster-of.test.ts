import { equal } from 'node:assert/strict';
import test from 'node:test';
import { clusterOf } from '../../../functions/wire/cluster-of.ts';

const clusters = [
  { name: 'prod', kubeconfig: '/k', server: 'https://10.0.0.1:6443/', concurrency: 10 },
  { name: 'here', inCluster: true as const, concurrency: 10 },
];

for (const { it, destination, gives } of [
  { it: 'a name', destination: { name: 'prod' }, gives: 'prod' },
  { it: 'a server, whatever slash it ends with', destination: { server: 'https://10.0.0.1:6443' }, gives: 'prod' },
  {
    it: 'what Argo CD calls its own cluster',
    destination: { server: 'https://kubernetes.default.svc' },
    gives: 'here',
  },
  { it: 'a name there is not', destination: { name: 'test' }, gives: null },
  { it: 'a server there is not', destination: { server: 'https://10.0.0.2' }, gives: null },
  { it: 'neither name nor server', destination: {}, gives: null },
]) {
  test(`cluster-of finds ${gives ?? 'nothing'} for ${it}`, () =>
    equal(clusterOf({ namespace: 'shop', ...destination }, clusters), gives));
}
