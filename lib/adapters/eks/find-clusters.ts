/** Finds the EKS clusters of a region that carry a tag. */
import { type EKSClient, paginateListClusters } from '@aws-sdk/client-eks';
import type { EksCluster } from '../../core/eks/eks-cluster.ts';
import { Fault } from '../../core/fault/fault.ts';
import { describeCluster } from './describe-cluster.ts';
import { type EksCredentialsOptions, eksCredentials } from './eks-credentials.ts';
import { eksFault } from './eks-fault.ts';

export type FoundCluster = Pick<EksCluster, 'name' | 'arn' | 'region' | 'tags'>;

export type FindClustersOptions = EksCredentialsOptions & {
  /** Without a value any counts. */
  tag: { key: string; value?: string };
};

/** DescribeCluster is limited to a few calls a second for the whole account. */
const parallel = 5;

/**
 * In the order of their names. A cluster that may not be described is not ours, since a policy may allow describing by
 * the same tag; where none may be, that is the fault. Faults: eks.access_denied and others of eks.*.
 */
export async function findClusters({ tag, ...options }: FindClustersOptions): Promise<FoundCluster[]> {
  const { region } = options.target;
  const client = options.clients.eks(region, eksCredentials(options));
  try {
    const names = await listNames(client, region);
    const described = await describeAll(client, names, region);
    return described
      .filter(({ tags }) => (tag.value === undefined ? Object.hasOwn(tags, tag.key) : tags[tag.key] === tag.value))
      .map(({ name, arn, tags }) => ({ name, arn, region, tags }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    client.destroy();
  }
}

async function listNames(client: EKSClient, region: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { clusters = [] } of paginateListClusters({ client }, {})) names.push(...clusters);
  } catch (error) {
    throw eksFault(error, { action: 'eks:ListClusters', resource: '*', region });
  }
  return names;
}

async function describeAll(client: EKSClient, names: readonly string[], region: string): Promise<EksCluster[]> {
  const described: EksCluster[] = [];
  const denied: Fault[] = [];
  const queue = names.values();
  const worker = async () => {
    for (const cluster of queue) {
      try {
        described.push(await describeCluster(client, { cluster, region }));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        if (error.code === 'eks.access_denied') denied.push(error);
        // Deleted since it was listed.
        else if (error.code !== 'eks.cluster_not_found') throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const [first] = denied;
  if (described.length === 0 && first !== undefined) throw first;
  return described;
}
