/** Lists what a stack consists of, and how each of it is. */
import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { awsFault } from '../../../lib/core/aws/aws-fault.ts';
import type { StackResource } from './installation.ts';

export async function readStack(
  client: CloudFormationClient,
  { stack, region }: { stack: string; region: string },
): Promise<StackResource[]> {
  const resources: StackResource[] = [];
  try {
    for await (const page of paginateListStackResources({ client }, { StackName: stack })) {
      for (const summary of page.StackResourceSummaries ?? []) {
        resources.push({
          logicalId: summary.LogicalResourceId ?? '',
          physicalId: summary.PhysicalResourceId ?? '',
          type: summary.ResourceType ?? '',
          status: summary.ResourceStatus ?? '',
          because: summary.ResourceStatusReason ?? '',
        });
      }
    }
    return resources;
  } catch (error) {
    throw awsFault(error, { action: 'cloudformation:ListStackResources', resource: stack, region });
  }
}
