/** A stack shaped as Trueup's, with functions of a few lines: they answer the self-test, and sync fails at every message. */
import { functionNames } from '../../../infra/aws/function-names.ts';

const sync = `exports.handler = async (event) => {
  if (event.trueup === 'self-test') return [{ check: 'queues wake-ups', ok: true }];
  for (const { messageId } of event.Records) {
    const error = { code: 'git.unreachable', message: 'no answer', hint: 'Check the network.' };
    console.log(JSON.stringify({ name: 'message.given_up', messageId, error }));
  }
  return { batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};`;
const denied = { check: 'queues wake-ups', ok: false, code: 'queue.denied', message: 'no', hint: 'the statement' };
const code: Record<string, string> = {
  sync,
  drift: `exports.handler = async () => (${JSON.stringify([denied])});`,
  audit: `exports.handler = async () => { throw new Error('it broke'); };`,
  notify: `exports.handler = async () => ({ sent: 0 });`,
};
const inOrder = `exports.handler = async () => [{ check: 'works', ok: true }];`;

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const policy = {
  PolicyName: 'all',
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['sqs:*', 'logs:*'], Resource: '*' }],
  },
};

const functions = Object.fromEntries(
  functionNames.map((name) => [
    `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`,
    {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: `trueup-test-${name}`,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['SyncRole', 'Arn'] },
        Code: { ZipFile: code[name] ?? inOrder },
      },
    },
  ]),
);

const named = (value: unknown) => ({ Value: value });

export const template = {
  Resources: {
    SyncRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust, Policies: [policy] } },
    Bucket: { Type: 'AWS::S3::Bucket' },
    DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'trueup-test-dead-letters' } },
    WakeUps: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'trueup-test-wake-ups',
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] }, maxReceiveCount: 1 },
      },
    },
    ...functions,
    SyncReadsWakeUps: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['WakeUps', 'Arn'] },
        FunctionName: { Ref: 'SyncLambdaFunction' },
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  },
  Outputs: {
    Table: named('trueup-test'),
    Bucket: named({ Ref: 'Bucket' }),
    ScratchBucket: named({ Ref: 'Bucket' }),
    QueueUrl: named({ Ref: 'WakeUps' }),
    DeadLettersUrl: named({ Ref: 'DeadLetters' }),
    InstallationKeySecret: named('arn:aws:secretsmanager:eu-west-1:000000000000:secret:key'),
    RenderFunction: named({ Ref: 'RenderLambdaFunction' }),
    SyncRole: named({ 'Fn::GetAtt': ['SyncRole', 'Arn'] }),
    HooksUrl: named('https://hooks.example.com'),
    ApiUrl: named('https://api.example.com'),
  },
};
