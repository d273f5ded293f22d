/** Whether the CloudFormation stack of an installation can be changed, and why a change failed. */
import { type CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { Fault } from '../../lib/core/fault/fault.ts';

export type StackState = { stack: string; region: string; status: string };

/** Faults: deploy.stack_busy, deploy.stack_stuck. */
export function checkChangeable(state: StackState): void {
  const { stack, status } = state;
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') {
    throw new Fault('deploy.stack_busy', { stack, status });
  }
  const fix = fixOf(state);
  if (fix !== null) throw new Fault('deploy.stack_stuck', { stack, status, fix });
}

/** What comes after the cause of a failure was mended. */
export function nextAfterFailure(state: StackState): string {
  return fixOf(state) ?? 'The stack is as it was before: run the command again.';
}

function fixOf({ stack, region, status }: StackState): string | null {
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    return `Mend what its events say, then: aws cloudformation continue-update-rollback --stack-name ${stack} --region ${region}`;
  }
  if (
    ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS'].includes(status)
  ) {
    return `Its first deployment failed, or its removal did. Remove it: npm run remove -- --stage ${stack.replace(/^trueup-/, '')} --region ${region}`;
  }
  return null;
}

/** `Resource (Type): why`, the cause first. `since`: failures of earlier runs do not count. */
export async function readFailures(client: CloudFormationClient, name: string, since: Date): Promise<string[]> {
  const { StackEvents: events = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  return events
    .filter(({ Timestamp, ResourceStatus }) => ResourceStatus?.endsWith('_FAILED') && Timestamp && Timestamp >= since)
    .map(({ LogicalResourceId: id, ResourceType: type, ResourceStatusReason: why }) => `${id} (${type}): ${why}`)
    .toReversed();
}
