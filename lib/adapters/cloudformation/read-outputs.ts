/** Where the parts of a deployed installation are: the outputs of its CloudFormation stack, named in infra/aws/outputs.yml. */
import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { Fault } from '../../core/fault/fault.ts';

const outputs = z.object({
  Table: z.string(),
  Bucket: z.string(),
  ScratchBucket: z.string(),
  QueueUrl: z.string(),
  DeadLettersUrl: z.string(),
  InstallationKeySecret: z.string(),
  RenderFunction: z.string(),
  SyncRole: z.string(),
  HooksUrl: z.string(),
  ApiUrl: z.string(),
});

export type StackOutputs = z.infer<typeof outputs>;

/** Faults aws.stack_missing, aws.stack_broken, aws.denied, aws.no_credentials, aws.unreachable. */
export async function readOutputs(client: CloudFormationClient, stack: string, region: string): Promise<StackOutputs> {
  const found = await describe(client, stack, region);
  const status = found.StackStatus ?? 'UNKNOWN';
  const given = Object.fromEntries(
    (found.Outputs ?? []).map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]),
  );
  const checked = outputs.safeParse(given);
  if (checked.success) return checked.data;
  throw new Fault('aws.stack_broken', {
    stack,
    region,
    status,
    because: found.StackStatusReason ?? 'outputs are missing',
  });
}

async function describe(client: CloudFormationClient, stack: string, region: string): Promise<Stack> {
  const missing = (cause?: unknown) => new Fault('aws.stack_missing', { stack, region }, { cause });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const [found] = Stacks;
    if (found === undefined) throw missing();
    return found;
  } catch (error) {
    if (error instanceof Fault || !(error instanceof Error)) throw error;
    // CloudFormation has no error of its own for this.
    if (error.name === 'ValidationError' && error.message.includes('does not exist')) throw missing(error);
    throw awsFault(error, { action: 'cloudformation:DescribeStacks', resource: stack, region });
  }
}

type Asked = { action: string; resource: string; region: string };

function awsFault(error: Error, asked: Asked): unknown {
  const facts = { ...asked, because: error.message };
  if (error.name === 'CredentialsProviderError') return new Fault('aws.no_credentials', facts, { cause: error });
  if (
    /^(AccessDenied|AccessDeniedException|ExpiredToken|InvalidClientTokenId|UnrecognizedClientException)$/.test(
      error.name,
    )
  ) {
    return new Fault('aws.denied', facts, { cause: error });
  }
  return 'code' in error || error.name === 'TimeoutError'
    ? new Fault('aws.unreachable', facts, { cause: error })
    : error;
}
