/** Where the API server of an EKS cluster is, or why we cannot sign in to it as it stands. */
import { Fault } from '../fault/fault.ts';
import type { EksCluster } from './eks-cluster.ts';

export type Endpoint = { origin: string /** PEM. */; certificateAuthority: string };

/** It goes on answering while it is updated. https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html */
const usable = ['ACTIVE', 'UPDATING'];

/** `cluster`: as in clusters[].name. Faults: eks.not_ready, eks.config_map_only. */
export function endpointOf(described: EksCluster, cluster: string): Endpoint {
  const { name: eks, region, status, endpoint, certificateAuthority, authenticationMode } = described;
  const facts = { cluster, eks, region, status };
  if (!usable.includes(status)) throw new Fault('eks.not_ready', facts);
  if (endpoint === null || certificateAuthority === null) {
    throw new Fault('eks.not_ready', { ...facts, because: 'it has no endpoint or no certificate authority yet' });
  }
  if (authenticationMode === 'CONFIG_MAP') throw new Fault('eks.config_map_only', facts);
  return { origin: new URL(endpoint).origin, certificateAuthority };
}
