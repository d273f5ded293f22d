import { deepEqual, rejects } from 'node:assert/strict';
import test from 'node:test';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { readOutputs } from '../../../lib/adapters/cloudformation/read-outputs.ts';

const given = {
  Table: 'trueup-prod',
  Bucket: 'bucket',
  ScratchBucket: 'scratch',
  QueueUrl: 'https://sqs.example.com/1/q',
  DeadLettersUrl: 'https://sqs.example.com/1/d',
  InstallationKeySecret: 'arn:secret',
  RenderFunction: 'trueup-prod-render',
  SyncRole: 'arn:role',
  HooksUrl: 'https://api.example.com/hooks',
  ApiUrl: 'https://api.example.com/api/v1',
};

/** A client whose one answer, or failure, is this. */
function answering(answer: object | Error): CloudFormationClient {
  const client = new CloudFormationClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  client.middlewareStack.add(
    () => async () => {
      if (answer instanceof Error) throw answer;
      return { output: { $metadata: {}, ...answer }, response: {} };
    },
    { step: 'initialize' },
  );
  return client;
}

function named(name: string, message = 'no', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

function stack(outputs: Record<string, string>) {
  const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  return { Stacks: [{ StackId: 'arn:stack', StackStatus: 'CREATE_COMPLETE', Outputs }] };
}

test('read-outputs gives the outputs by name, and no others', async () => {
  deepEqual(await readOutputs(answering(stack({ ...given, Other: 'x' })), 'trueup-prod', 'eu-west-1'), given);
});

for (const [it, answer, code] of [
  ['a stack there is not', named('ValidationError', 'Stack with id trueup-prod does not exist'), 'aws.stack_missing'],
  ['an answer without a stack', { Stacks: [] }, 'aws.stack_missing'],
  ['a stack that is being made', stack({ Table: 'trueup-prod' }), 'aws.stack_broken'],
  ['no credentials', named('CredentialsProviderError'), 'aws.no_credentials'],
  ['who may not ask', named('AccessDenied'), 'aws.denied'],
  ['no network', named('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), 'aws.unreachable'],
] as const) {
  test(`read-outputs refuses ${it}: ${code}`, async () => {
    await rejects(readOutputs(answering(answer), 'trueup-prod', 'eu-west-1'), { name: 'Fault', code });
  });
}
