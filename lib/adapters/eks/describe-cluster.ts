/** Asks AWS what an EKS cluster is like: where its API server is, and whom it believes. */
import { type Cluster, DescribeClusterCommand, type EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { nearestName } from '../../core/config/nearest-name.ts';
import type { EksCluster } from '../../core/eks/eks-cluster.ts';
import { partitionOf } from '../../core/eks/partition-of.ts';
import { Fault } from '../../core/fault/fault.ts';
import { eksFault, isNotFound } from './eks-fault.ts';

export type Place = { cluster: string; region: string };

/** Faults: eks.cluster_not_found, eks.access_denied and others of eks.*. */
export async function describeCluster(client: EKSClient, { cluster: name, region }: Place): Promise<EksCluster> {
  const resource = `arn:${partitionOf(region).id}:eks:${region}:*:cluster/${name}`;
  const about = { action: 'eks:DescribeCluster', resource, region };
  try {
    const { cluster } = await client.send(new DescribeClusterCommand({ name }));
    return read(cluster ?? {}, { cluster: name, region });
  } catch (error) {
    throw isNotFound(error) ? await notFound(client, { cluster: name, region }, error) : eksFault(error, about);
  }
}

function read(said: Cluster, { cluster, region }: Place): EksCluster {
  const authority = said.certificateAuthority?.data;
  return {
    name: said.name ?? cluster,
    arn: said.arn ?? '',
    region,
    status: said.status ?? 'UNKNOWN',
    version: said.version ?? '',
    endpoint: said.endpoint || null,
    certificateAuthority: authority ? Buffer.from(authority, 'base64').toString('utf8') : null,
    authenticationMode: said.accessConfig?.authenticationMode ?? null,
    privateOnly: said.resourcesVpcConfig?.endpointPublicAccess === false,
    tags: said.tags ?? {},
  };
}

async function notFound(client: EKSClient, { cluster: eks, region }: Place, cause: unknown): Promise<Fault> {
  const listed = await client.send(new ListClustersCommand({})).catch(() => undefined);
  const names = listed?.clusters ?? [];
  const nearest = nearestName(eks, names);
  const none = listed === undefined ? 'not shown, eks:ListClusters is not allowed' : 'none';
  const known = names.length === 0 ? none : names.join(', ');
  const facts = { eks, region, known, ...(nearest !== null && { advice: `Did you mean ${nearest}?` }) };
  return new Fault('eks.cluster_not_found', facts, { cause });
}
