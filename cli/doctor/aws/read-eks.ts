/** Asks AWS how an EKS cluster is, and whom its access entry for Trueup lets do what. */
import {
  DescribeAccessEntryCommand,
  type EKSClient,
  ListAssociatedAccessPoliciesCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import type { AwsClients } from '../../../lib/adapters/eks/aws-clients.ts';
import { describeCluster } from '../../../lib/adapters/eks/describe-cluster.ts';
import { eksCredentials } from '../../../lib/adapters/eks/eks-credentials.ts';
import { awsFault } from '../../../lib/core/aws/aws-fault.ts';
import type { EksCluster, EksTarget } from '../../../lib/core/eks/eks-cluster.ts';
import type { AccessEntry } from './installation.ts';

/** Faults eks.*, aws.*. */
export async function readEks(
  clients: AwsClients,
  { target, principal, installation }: { target: EksTarget; principal: string; installation: string },
): Promise<{ described: EksCluster; entry: AccessEntry | null }> {
  const client = clients.eks(target.region, eksCredentials({ target, clients, installation, now: Date.now }));
  try {
    const described = await describeCluster(client, target);
    // Such a cluster has none, and says so with an error of its own.
    if (described.authenticationMode === 'CONFIG_MAP') return { described, entry: null };
    return { described, entry: await readEntry(client, { ...target, principal }) };
  } finally {
    client.destroy();
  }
}

async function readEntry(
  client: EKSClient,
  { cluster, region, principal }: EksTarget & { principal: string },
): Promise<AccessEntry | null> {
  const which = { clusterName: cluster, principalArn: principal };
  try {
    const { accessEntry } = await client.send(new DescribeAccessEntryCommand(which));
    const { associatedAccessPolicies = [] } = await client.send(new ListAssociatedAccessPoliciesCommand(which));
    return {
      groups: accessEntry?.kubernetesGroups ?? [],
      policies: associatedAccessPolicies.map(({ policyArn = '' }) => policyArn.split('/').at(-1) ?? policyArn),
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return null;
    throw awsFault(error, { action: 'eks:DescribeAccessEntry', resource: cluster, region });
  }
}
