/** A CloudFormation stack: what state it is in and why, what it was given, what it gives. */
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

export type Stack = {
  id: string;
  status: string;
  /** Empty where CloudFormation does not say. */
  because: string;
  outputs: Readonly<Record<string, string>>;
  parameters: Readonly<Record<string, string>>;
};

/** null: there is none. Throws what the SDK throws. */
export async function findStack(client: CloudFormationClient, name: string): Promise<Stack | null> {
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (found?.StackId === undefined || found.StackStatus === undefined) return null;
    return {
      id: found.StackId,
      status: found.StackStatus,
      because: found.StackStatusReason ?? '',
      outputs: toRecord(found.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
      parameters: toRecord(found.Parameters?.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue])),
    };
  } catch (error) {
    // CloudFormation has no error of its own for it.
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist')) {
      return null;
    }
    throw error;
  }
}

function toRecord(pairs: [string | undefined, string | undefined][] = []): Record<string, string> {
  return Object.fromEntries(pairs.flatMap(([key, value]) => (key !== undefined ? [[key, value ?? '']] : [])));
}
