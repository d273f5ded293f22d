/** Which control-plane logs audit can subscribe to: those of EKS clusters of this account and region that write one. */
import { type CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Config } from '../../lib/core/config/config.ts';

export type AuditLogs = {
  logGroups: string[];
  /** Clusters, by their EKS names, that write no log yet. */
  silent: string[];
};

/** CloudFormation refuses the whole stack for one log group that is not there. */
export async function findAuditLogs(
  logs: CloudWatchLogsClient,
  { clusters }: Config,
  region: string,
): Promise<AuditLogs> {
  const found: AuditLogs = { logGroups: [], silent: [] };
  const names = clusters.flatMap(({ eks }) => (eks?.region === region && eks.roleArn === undefined ? eks.cluster : []));
  for (const name of new Set(names)) {
    const logGroup = `/aws/eks/${name}/cluster`;
    if (await exists(logs, logGroup)) found.logGroups.push(logGroup);
    else found.silent.push(name);
  }
  return found;
}

async function exists(logs: CloudWatchLogsClient, name: string): Promise<boolean> {
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups.some(({ logGroupName }) => logGroupName === name);
}
