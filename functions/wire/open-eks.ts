/** Signs in to EKS clusters, and finds those that carry a tag, with one set of AWS clients for all of them. */
import { openAwsClients } from '../../lib/adapters/eks/aws-clients.ts';
import { eksAccess } from '../../lib/adapters/eks/eks-access.ts';
import { findClusters } from '../../lib/adapters/eks/find-clusters.ts';
import type { ClusterConfig, ClusterSearch } from '../../lib/core/config/config.ts';
import type { AccessSource } from '../../lib/ports/cluster-access.ts';

const clients = openAwsClients();

type EksConfig = NonNullable<ClusterConfig['eks']>;

export function openEks(name: string, { cluster, ...place }: EksConfig, installation: string): AccessSource {
  return eksAccess({ name, eks: { cluster, ...targetOf(place) }, installation, clients, now: Date.now });
}

/** Names of EKS clusters. Faults: eks.*. */
export async function searchEks({ tag, ...place }: ClusterSearch, installation: string): Promise<string[]> {
  const [key = '', ...value] = tag.split('=');
  const wanted = value.length === 0 ? { key } : { key, value: value.join('=') };
  const found = await findClusters({ tag: wanted, target: targetOf(place), installation, clients, now: Date.now });
  return found.map(({ name }) => name);
}

function targetOf({ region, roleArn, externalId }: Omit<EksConfig, 'cluster'>) {
  return { region, ...(roleArn !== undefined && { roleArn }), ...(externalId !== undefined && { externalId }) };
}
