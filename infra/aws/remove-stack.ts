/** Removes a stack with everything in it, also what CloudFormation alone refuses to delete: full buckets, a protected table. */
import {
  DeleteStackCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { UpdateTableCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import type { Stack } from '../../lib/adapters/cloudformation/find-stack.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { AwsSession } from './aws-session.ts';
import { emptyBucket } from './empty-bucket.ts';
import { letWorkersEnd } from './let-workers-end.ts';
import { readFailures } from './stack.ts';

type Resource = { id: string; type: string; name: string; status: string };

/** A function in a VPC gives its network interfaces back within twenty minutes or so. */
const longestWaitS = 45 * 60;
/** A function that still runs may write into a bucket that was just emptied. */
const attempts = 3;

/** Gives what CloudFormation left behind. `say`: progress, for people. Fault deploy.remove_failed. */
export async function removeStack(
  { name, stack }: { name: string; stack: Stack },
  aws: AwsSession,
  say: (line: string) => void,
): Promise<string[]> {
  say('Waiting for the syncs that run …');
  await letWorkersEnd(name, aws);
  const resources = await listResources(stack.id, aws);
  for (const { name: table } of ofType(resources, 'AWS::DynamoDB::Table')) await unprotect(table, aws);
  const since = new Date();
  for (let attempt = 1; ; attempt += 1) {
    for (const { name: bucket } of ofType(resources, 'AWS::S3::Bucket')) {
      const deleted = await emptyBucket(aws.s3, bucket);
      if (deleted > 0) say(`Emptied ${bucket}: ${deleted} versions of objects.`);
    }
    say(`Deleting ${resources.length} resources; the network of render takes AWS up to half an hour …`);
    await aws.cloudFormation.send(new DeleteStackCommand({ StackName: stack.id }));
    if (await isDeleted(stack.id, aws)) break;
    if (attempt < attempts) continue;
    const text = (await readFailures(aws.cloudFormation, stack.id, since)).map((line) => `  ${line}`).join('\n');
    throw new Fault('deploy.remove_failed', { stack: name, text });
  }
  const kept = (await listResources(stack.id, aws)).filter(({ status }) => status !== 'DELETE_COMPLETE');
  return kept.map(({ type, name: resource, status }) => `${type} ${resource} (${status})`);
}

/** By the stack's id a stack that is gone can be asked for, too. */
async function listResources(stackId: string, { cloudFormation }: AwsSession): Promise<Resource[]> {
  const found: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudFormation.send(new ListStackResourcesCommand({ StackName: stackId, NextToken }));
    found.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found.flatMap(({ LogicalResourceId, ResourceType, PhysicalResourceId, ResourceStatus }) =>
    LogicalResourceId && ResourceType
      ? [{ id: LogicalResourceId, type: ResourceType, name: PhysicalResourceId ?? '', status: ResourceStatus ?? '' }]
      : [],
  );
}

function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type && resource.name !== '');
}

async function unprotect(TableName: string, { dynamo }: AwsSession): Promise<void> {
  try {
    await dynamo.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
    await waitUntilTableExists({ client: dynamo, maxWaitTime: 120, minDelay: 1 }, { TableName });
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return;
    throw error;
  }
}

async function isDeleted(stackId: string, { cloudFormation: client }: AwsSession): Promise<boolean> {
  try {
    await waitUntilStackDeleteComplete({ client, maxWaitTime: longestWaitS, minDelay: 2 }, { StackName: stackId });
    return true;
  } catch (error) {
    // The waiter's own, with no name: the stack ended in DELETE_FAILED.
    if (error instanceof Error && error.message.includes('DELETE_FAILED')) return false;
    throw error;
  }
}
