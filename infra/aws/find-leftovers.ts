/** Asks AWS itself what is left of an installation; CloudFormation only tells what it knows of. */
import { ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListBuckets } from '@aws-sdk/client-s3';
import { DeleteSecretCommand, paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { paginateListQueues } from '@aws-sdk/client-sqs';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import type { AwsSession } from './aws-session.ts';

export type Leftovers = {
  /** Made by the stack, and still there. */
  ours: string[];
  /** Written by people: secrets that trueup.yaml refers to. */
  theirs: string[];
};

/** What CloudFormation may leave behind: logs that a function wrote while it was deleted, and a key kept for recovery. */
export async function removeRemains(stage: string, { logs, secrets }: AwsSession): Promise<void> {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/trueup-${stage}-` }),
  );
  for (const { logGroupName } of logGroups) await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  const SecretId = installationKey(stage);
  await secrets
    .send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }))
    .catch(unless('ResourceNotFoundException'));
}

export async function findLeftovers(stage: string, aws: AwsSession): Promise<Leftovers> {
  const prefix = `trueup-${stage}`;
  const isOurs = (name: string | undefined) => name?.startsWith(`${prefix}-`) === true;
  const secrets = await secretsOf(stage, aws);
  const ours = [
    ...(await stackOf(prefix, aws)),
    ...(await collect(paginateListFunctions({ client: aws.lambda }, {}), ({ Functions = [] }) =>
      Functions.flatMap(({ FunctionName: name }) => (isOurs(name) ? [`function ${name}`] : [])),
    )),
    ...(await collect(paginateListBuckets({ client: aws.s3 }, {}), ({ Buckets = [] }) =>
      Buckets.flatMap(({ Name: name }) => (isOurs(name) ? [`bucket ${name}`] : [])),
    )),
    ...(await collect(
      paginateListQueues({ client: aws.sqs }, { QueueNamePrefix: `${prefix}-` }),
      ({ QueueUrls = [] }) => QueueUrls.map((url) => `queue ${url}`),
    )),
    ...(await tableOf(prefix, aws)),
    ...(await logGroupsOf(prefix, aws)),
    ...secrets.filter((name) => name === installationKey(stage)).map((name) => `secret ${name}`),
  ];
  const parameters = await collect(
    paginateDescribeParameters(
      { client: aws.ssm },
      { ParameterFilters: [{ Key: 'Name', Option: 'BeginsWith', Values: [`/trueup/${stage}/`] }] },
    ),
    ({ Parameters = [] }) => Parameters.map(({ Name }) => `parameter ${Name}`),
  );
  const written = secrets.filter((name) => name !== installationKey(stage)).map((name) => `secret ${name}`);
  return { ours, theirs: [...written, ...parameters] };
}

function installationKey(stage: string): string {
  return `trueup/${stage}/installation-key`;
}

async function stackOf(name: string, { cloudFormation }: AwsSession): Promise<string[]> {
  const { StackSummaries = [] } = await cloudFormation.send(new ListStacksCommand({}));
  return StackSummaries.filter(
    ({ StackName, StackStatus }) => StackName === name && StackStatus !== 'DELETE_COMPLETE',
  ).map(({ StackStatus }) => `stack ${name} (${StackStatus})`);
}

async function tableOf(TableName: string, { dynamo }: AwsSession): Promise<string[]> {
  const found = await dynamo.send(new DescribeTableCommand({ TableName })).catch(unless('ResourceNotFoundException'));
  return found === undefined ? [] : [`table ${TableName}`];
}

async function logGroupsOf(prefix: string, { logs }: AwsSession): Promise<string[]> {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${prefix}-` }),
  );
  return logGroups.map(({ logGroupName }) => `log group ${logGroupName}`);
}

async function secretsOf(stage: string, { secrets }: AwsSession): Promise<string[]> {
  const Filters = [{ Key: 'name' as const, Values: [`trueup/${stage}/`] }];
  return collect(
    paginateListSecrets({ client: secrets }, { Filters, IncludePlannedDeletion: true }),
    ({ SecretList = [] }) => SecretList.flatMap(({ Name }) => (Name?.startsWith(`trueup/${stage}/`) ? [Name] : [])),
  );
}

async function collect<Page>(pages: AsyncIterable<Page>, read: (page: Page) => string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const page of pages) found.push(...read(page));
  return found;
}

function unless(expected: string) {
  return (error: unknown): undefined => {
    if (error instanceof Error && error.name === expected) return undefined;
    throw error;
  };
}
