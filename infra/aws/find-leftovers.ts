/** Asks AWS itself what is left of an installation; CloudFormation only tells what it knows of. */
import { ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteLogGroupCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListBuckets } from '@aws-sdk/client-s3';
import { DeleteSecretCommand, paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { paginateListQueues } from '@aws-sdk/client-sqs';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import type { AwsSession } from './aws-session.ts';
import { functionNames } from './function-names.ts';

export type Leftovers = {
  /** Made by the stack, and still there. */
  ours: string[];
  /** Written by people: secrets that trueup.yaml refers to. */
  theirs: string[];
};

/** What CloudFormation may leave behind: logs that a function wrote while it was deleted, and a key kept for recovery. */
export async function removeRemains(stage: string, { logs, secrets }: AwsSession): Promise<void> {
  for (const logGroupName of logGroupNames(stage)) {
    await logs.send(new DeleteLogGroupCommand({ logGroupName })).catch(unless('ResourceNotFoundException'));
  }
  const SecretId = installationKey(stage);
  await secrets
    .send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }))
    .catch(unless('ResourceNotFoundException'));
}

export async function findLeftovers(stage: string, aws: AwsSession): Promise<Leftovers> {
  const stack = `trueup-${stage}`;
  const secrets = await secretsOf(stage, aws);
  const ours = [
    ...(await stackOf(stack, aws)),
    ...(await collect(paginateListFunctions({ client: aws.lambda }, {}), ({ Functions = [] }) =>
      Functions.flatMap(({ FunctionName: name = '' }) =>
        functionsOf(stage).includes(name) ? [`function ${name}`] : [],
      ),
    )),
    ...(await collect(paginateListBuckets({ client: aws.s3 }, {}), ({ Buckets = [] }) =>
      Buckets.flatMap(({ Name: name = '' }) => (isBucketOf(stage, name) ? [`bucket ${name}`] : [])),
    )),
    ...(await collect(paginateListQueues({ client: aws.sqs }, { QueueNamePrefix: `${stack}-` }), ({ QueueUrls = [] }) =>
      QueueUrls.filter((url) => isQueueOf(stage, url)).map((url) => `queue ${url}`),
    )),
    ...(await tableOf(stack, aws)),
    ...(await logGroupsOf(stage, aws)),
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

/** Whole names, as far as AWS lets us know them: what begins with `trueup-prod-` may be of a stage `prod-eu`. */
function functionsOf(stage: string): string[] {
  return functionNames.map((name) => `trueup-${stage}-${name}`);
}

function logGroupNames(stage: string): string[] {
  return functionsOf(stage).map((name) => `/aws/lambda/${name}`);
}

function isQueueOf(stage: string, url: string): boolean {
  return ['wake-ups', 'dead-letters'].some((name) => url.endsWith(`/trueup-${stage}-${name}`));
}

/** CloudFormation adds letters of chance, and cuts off the middle where the whole is too long. */
function isBucketOf(stage: string, name: string): boolean {
  return ['bucket', 'scratch', 'serverless'].some((part) => name.startsWith(`trueup-${stage}-${part}`));
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

async function logGroupsOf(stage: string, { logs }: AwsSession): Promise<string[]> {
  const pages = paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix: `/aws/lambda/trueup-${stage}-` });
  return collect(pages, ({ logGroups = [] }) =>
    logGroups.flatMap(({ logGroupName: name = '' }) =>
      logGroupNames(stage).includes(name) ? [`log group ${name}`] : [],
    ),
  );
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
