import { randomUUID } from 'node:crypto';
import { clusterContract } from '../contracts/cluster.contract.ts';
import { memoryCluster } from './memory-cluster.ts';

clusterContract('memory', async () => {
  const namespace = randomUUID();
  return { cluster: memoryCluster(Date.now, { waits: true, namespaces: new Set([namespace]) }), namespace };
});
