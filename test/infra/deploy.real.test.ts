/** Deployed to a local AWS whose IAM counts, every function may do its work; removed, nothing is left. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeSubscriptionFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { selfFinding } from '../../functions/self-test.ts';
import { functionNames } from '../../infra/aws/function-names.ts';
import type { LocalAws } from '../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../infra/local/aws/start-local-aws.ts';
import { findTools } from '../../infra/local/tools.ts';
import { tempFolder } from '../support/temp-folder.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const takesMs = 15 * 60_000;
const topic = 'arn:aws:sns:eu-west-1:000000000000:ops';
const auditLog = '/aws/eks/prod/cluster';
/** Of a stage whose name begins with that of this one. */
const logOfNeighbour = '/aws/lambda/trueup-test-two-sync';
const config = `
store: {kind: aws, stack: trueup-test, region: eu-west-1}
gitHosts: [{name: git, kind: git, url: "https://git.invalid", webhookSecret: {secretsManager: trueup/test/webhook/git}}]
clusters: [{name: prod, eks: {cluster: prod, region: eu-west-1}}, {name: quiet, eks: {cluster: quiet, region: eu-west-1}}]
fleet: {repoURL: "https://git.invalid/fleet.git", path: fleet}
`;

let aws: LocalAws;
let file: string;

before(async () => {
  const { kubectl, helm } = await findTools();
  // The local AWS unpacks no layers.
  aws = await startLocalAws({ env: { TRUEUP_LOCAL_AWS: '1', TRUEUP_KUBECTL: kubectl, TRUEUP_HELM: helm } });
});
after(() => aws?.stop());

test('deploy makes it, twice the same, and remove leaves nothing', { timeout: takesMs }, async (t) => {
  file = join(tempFolder(t), 'trueup.yaml');
  writeFileSync(file, config);
  const secrets = new SecretsManagerClient(aws.clientConfig);
  await secrets.send(new CreateSecretCommand({ Name: 'trueup/test/webhook/git', SecretString: 'of a person' }));
  const logs = new CloudWatchLogsClient(aws.clientConfig);
  for (const logGroupName of [auditLog, logOfNeighbour]) await logs.send(new CreateLogGroupCommand({ logGroupName }));

  await t.test('deploy says which URLs to give to Git hosts, and what is missing', async () => {
    const { code, out } = await npm('deploy', '--stage', 'test', '--config', file, '--alarm-topic', topic);
    equal(code, 0, out);
    match(out, /trueup\.yaml is in effect\./);
    match(out, /git {2}https:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com\/hooks\/git/);
    match(out, /quiet: aws eks update-cluster-config .*--name quiet/);
    ok(!out.includes('--name prod'), 'prod writes an audit log');
  });

  await t.test('deploy gives out what the commands look for', async () => {
    const outputs = await outputsOf('trueup-test');
    const wanted = ['Table', 'Bucket', 'ScratchBucket', 'QueueUrl', 'DeadLettersUrl', 'InstallationKeySecret'];
    for (const name of [...wanted, 'RenderFunction', 'HooksUrl', 'ApiUrl', 'SyncRole']) ok(outputs[name], name);
    const s3 = new S3Client({ ...aws.clientConfig, forcePathStyle: true });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: outputs.Bucket, Key: 'config/trueup.yaml' }));
    equal(await Body?.transformToString(), config);
    const key = await secrets.send(new GetSecretValueCommand({ SecretId: outputs.InstallationKeySecret }));
    match(key.SecretString ?? '', /^[0-9a-f]{64}$/);
  });

  await t.test('deploy subscribes to the audit logs that are written', async () => {
    const found = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: auditLog }));
    match(found.subscriptionFilters?.[0]?.destinationArn ?? '', /:function:trueup-test-audit$/);
  });

  await t.test('deploy gives every function all it needs', async () => {
    const lambda = new LambdaClient(aws.clientConfig);
    // Twice, for what sync leaves for the others.
    await selfTest(lambda, 'sync');
    for (const name of functionNames) {
      const findings = await selfTest(lambda, name);
      ok(findings.length > 0);
      const failed = findings.flatMap((finding) => (finding.ok ? [] : [finding]));
      // There is no Git host and no cluster here.
      const unexpected = failed.filter(({ code }) => !['git.unreachable', 'eks.cluster_not_found'].includes(code));
      deepEqual(unexpected, [], name);
    }
  });

  await t.test('deploy changes nothing when nothing has changed, and keeps what was chosen once', async () => {
    const key = async () => secrets.send(new GetSecretValueCommand({ SecretId: 'trueup/test/installation-key' }));
    const before = (await key()).SecretString;
    const { code, out } = await npm('deploy', '--stage', 'test', '--config', file);
    equal(code, 0, out);
    match(out, /was in effect already/);
    equal((await key()).SecretString, before);
    const { Stacks } = await cloudFormation().send(new DescribeStacksCommand({ StackName: 'trueup-test' }));
    const alarms = Stacks?.[0]?.Parameters?.find(({ ParameterKey }) => ParameterKey === 'AlarmTopicArn');
    equal(alarms?.ParameterValue, topic);
  });

  await t.test('remove does nothing without a yes', async () => {
    const { code, out } = await npm('remove', '--stage', 'test', '--region', 'eu-west-1');
    equal(code, 2);
    match(out, /deploy\.not_confirmed/);
    ok((await outputsOf('trueup-test')).Table);
  });

  await t.test('remove leaves what people wrote, and what is of another stage', async () => {
    const { code, out } = await npm('remove', '--stage', 'test', '--region', 'eu-west-1', '--yes');
    equal(code, 0, out);
    match(out, /Nothing of trueup-test is left\./);
    match(out, /secret trueup\/test\/webhook\/git/);
    const { Buckets = [] } = await new S3Client(aws.clientConfig).send(new ListBucketsCommand({}));
    deepEqual(Buckets, []);
    const { Roles = [] } = await new IAMClient(aws.clientConfig).send(new ListRolesCommand({}));
    deepEqual(
      Roles.filter(({ RoleName }) => RoleName?.startsWith('trueup-')),
      [],
    );
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
    deepEqual(
      logGroups.map(({ logGroupName }) => logGroupName),
      [auditLog, logOfNeighbour],
    );
  });

  await t.test('remove of what is gone says so', async () => {
    const { code, out } = await npm('remove', '--stage', 'test', '--region', 'eu-west-1', '--yes');
    equal(code, 0);
    match(out, /There is nothing of trueup-test/);
  });
});

test('the published template makes the same stack from a bucket', { timeout: takesMs }, async () => {
  equal((await npm('package')).code, 0);
  await new S3Client({ ...aws.clientConfig, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'artifacts' }),
  );
  const published = await npm('publish', '--bucket', 'artifacts', '--prefix', 'trueup/1/');
  equal(published.code, 0, published.out);
  ok(
    (await readdir(join(checkout, 'dist', 'aws'))).every((name) =>
      published.out.includes(`s3://artifacts/trueup/1/${name}`),
    ),
  );
  const client = cloudFormation();
  const given = { Stage: 'plain', CodeBucket: 'artifacts', CodePrefix: 'trueup/1/', S3PrefixListId: 'pl-12345678' };
  const Parameters = Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
  const TemplateURL = `${aws.endpoint}/artifacts/trueup/1/trueup.template.json`;
  const StackName = 'trueup-plain';
  await client.send(new CreateStackCommand({ StackName, TemplateURL, Parameters, Capabilities: ['CAPABILITY_IAM'] }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 120, minDelay: 1 }, { StackName });
  equal((await outputsOf(StackName)).Table, 'trueup-plain');
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 120, minDelay: 1 }, { StackName });
});

async function npm(command: 'deploy' | 'remove' | 'package' | 'publish', ...args: string[]) {
  const { PATH, HOME, TRUEUP_CACHE } = process.env;
  const env = { PATH, HOME, ...(TRUEUP_CACHE && { TRUEUP_CACHE }), ...aws.env };
  const child = spawn(process.execPath, [`infra/${command}.ts`, ...args], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out: `${out}${err}` };
}

async function selfTest(lambda: LambdaClient, name: string) {
  const Payload = JSON.stringify({ trueup: 'self-test' });
  const answer = await lambda.send(new InvokeCommand({ FunctionName: `trueup-test-${name}`, Payload }));
  return z.array(selfFinding).parse(JSON.parse(answer.Payload?.transformToString() ?? ''));
}

async function outputsOf(StackName: string): Promise<Record<string, string | undefined>> {
  const { Stacks } = await cloudFormation().send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries(Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]) ?? []);
}

function cloudFormation(): CloudFormationClient {
  return new CloudFormationClient(aws.clientConfig);
}
