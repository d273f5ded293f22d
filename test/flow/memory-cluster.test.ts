import { randomUUID } from 'node:crypto';
import { clusterContract } from '../contracts/cluster.contract.ts';
import { memoryCluster } from './memory-cluster.ts';

clusterContract('memory', async () => {
  const cluster = memoryCluster(Date.now, { waits: true });
  const namespace = randomUUID();
  cluster.namespaces.add(namespace);
  return { cluster, namespace };
});
