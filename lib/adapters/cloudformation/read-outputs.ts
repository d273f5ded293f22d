/** Where the parts of a deployed installation are: the outputs of its CloudFormation stack, named in infra/aws/outputs.yml. */
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import * as z from 'zod';
import { awsFault } from '../../core/aws/aws-fault.ts';
import { Fault } from '../../core/fault/fault.ts';
import { findStack } from './find-stack.ts';

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

/** Faults aws.stack_missing, aws.stack_broken, aws.denied, aws.no_credentials, aws.unreachable, doctor.refused. */
export async function readOutputs(client: CloudFormationClient, stack: string, region: string): Promise<StackOutputs> {
  const found = await findStack(client, stack).catch((error: unknown) => {
    throw awsFault(error, { action: 'cloudformation:DescribeStacks', resource: stack, region });
  });
  if (found === null) throw new Fault('aws.stack_missing', { stack, region });
  const checked = outputs.safeParse(found.outputs);
  if (checked.success) return checked.data;
  const { status, because } = found;
  throw new Fault('aws.stack_broken', { stack, region, status, because: because || 'outputs are missing' });
}
