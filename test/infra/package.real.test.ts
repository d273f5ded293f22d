/** What `npm run package` makes without asking AWS: the template, its zip files, and what the template promises. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { lintTemplate } from '../../infra/aws/lint-template.ts';
import { tableDefinition, timeToLive } from '../../lib/adapters/dynamodb/table-definition.ts';
import { tempFolder } from '../support/temp-folder.ts';

const run = promisify(execFile);
const checkout = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(checkout, 'dist', 'aws');
const takesMs = 8 * 60_000;
const functions = ['api', 'audit', 'drift', 'notify', 'render', 'sync', 'webhook'];

type Resource = { Type: string; Properties: Record<string, unknown>; DependsOn?: unknown };
let resources: Record<string, Resource>;

before(async () => {
  // No credentials and no profile: packaging must not ask AWS anything.
  const { PATH, HOME, TRUEUP_CACHE } = process.env;
  const env = { PATH, HOME, ...(TRUEUP_CACHE && { TRUEUP_CACHE }), AWS_EC2_METADATA_DISABLED: 'true' };
  const { stdout } = await run(process.execPath, ['infra/package.ts'], { cwd: checkout, env, timeout: takesMs });
  match(stdout, /cfn-lint .* accepts|cfn-lint needs python3/);
  resources = JSON.parse(await readFile(join(dist, 'trueup.template.json'), 'utf8')).Resources;
});

test('package makes one function for each door, on Node 24', () => {
  const made = ofType('AWS::Lambda::Function');
  deepEqual(
    made.map(({ Properties }) => Properties.Handler).toSorted(),
    functions.map((name) => `functions/${name}/handler.handler`),
  );
  ok(made.every(({ Properties }) => Properties.Runtime === 'nodejs24.x'));
});

test('package puts every zip file that the template names beside it, each within 2 MB but for the programs', async () => {
  const beside = await readdir(dist);
  const named = [...JSON.stringify(resources).matchAll(/\$\{CodePrefix\}([^"]+\.zip)/g)].map(([, name]) => `${name}`);
  deepEqual([...new Set(named)].toSorted(), beside.filter((name) => name.endsWith('.zip')).toSorted());
  for (const name of named.filter((file) => !file.startsWith('kubectl-'))) {
    ok((await stat(join(dist, name))).size <= 2_000_000, name);
  }
});

test('package reserves no concurrency, which new accounts do not have', () => {
  ok(!JSON.stringify(resources).includes('ReservedConcurrentExecutions'));
});

test('package gives render no settings, no key, no way but to S3', () => {
  const { Environment, VpcConfig } = resources.RenderLambdaFunction?.Properties ?? {};
  ok(!/TABLE|BUCKET|SECRET|QUEUE|CONFIG/.test(JSON.stringify(Environment ?? {})));
  ok(VpcConfig !== undefined);
  ok(!Object.values(resources).some(({ Type }) => /InternetGateway|NatGateway|EC2::Route$/.test(Type)));
  const egress = resources.RenderSecurityGroup?.Properties.SecurityGroupEgress;
  deepEqual(JSON.parse(JSON.stringify(egress)).map(destinationOf), [{ Ref: 'S3PrefixListId' }]);
});

test('package makes the table as the adapter knows it', () => {
  const { BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, ...rest } = propertiesOf('Table');
  deepEqual({ BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes }, tableDefinition);
  deepEqual(rest.TimeToLiveSpecification, timeToLive);
  deepEqual(rest.PointInTimeRecoverySpecification, { PointInTimeRecoveryEnabled: true });
});

test('package hides a message for six times as long as sync may take', () => {
  const [hidden, mayTake] = [propertiesOf('WakeUps').VisibilityTimeout, propertiesOf('SyncLambdaFunction').Timeout];
  ok(Number(hidden) >= 6 * Number(mayTake));
});

test('package has failed messages of a batch come again alone', () => {
  const [mapping] = ofType('AWS::Lambda::EventSourceMapping');
  deepEqual(mapping?.Properties.FunctionResponseTypes, ['ReportBatchItemFailures']);
  equal(mapping?.Properties.BatchSize, 1);
});

test('package limits what the internet may ask', () => {
  const settings = JSON.stringify(propertiesOf('HttpApiStage'));
  match(settings, /"POST \/hooks\/\{gitHost\}":\{[^}]*"ThrottlingRateLimit":100/);
  match(settings, /"DefaultRouteSettings":\{[^}]*"ThrottlingRateLimit":50/);
});

test('package shows nothing to the public, and keeps logs for a while only', () => {
  const open = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
  for (const bucket of ['Bucket', 'ScratchBucket']) {
    deepEqual(propertiesOf(bucket).PublicAccessBlockConfiguration, open);
    match(JSON.stringify(propertiesOf(bucket).BucketEncryption), /aws:kms/);
  }
  const logs = ofType('AWS::Logs::LogGroup');
  equal(logs.length, functions.length);
  ok(logs.every(({ Properties }) => Properties.RetentionInDays === 90));
});

test('lint-template refuses a template that CloudFormation would refuse', {
  skip: (await hasPython()) ? false : 'cfn-lint needs python3',
}, async (t) => {
  const template = join(tempFolder(t), 'template.json');
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'soon' } };
  await writeFile(template, JSON.stringify({ Resources: { Queue } }));
  const { accepted, message } = await lintTemplate(template);
  equal(accepted, false);
  match(message, /'soon' is not of type 'integer'/);
});

test('lint-template accepts what is deployed in the account of a cluster', {
  skip: (await hasPython()) ? false : 'cfn-lint needs python3',
}, async () => {
  const { accepted, message } = await lintTemplate(join(checkout, 'infra/aws/eks-access/cluster-account.yml'));
  ok(accepted, message);
});

function ofType(type: string): Resource[] {
  return Object.values(resources).filter(({ Type }) => Type === type);
}

function propertiesOf(id: string): Record<string, unknown> {
  const found = resources[id];
  ok(found !== undefined, `no ${id}`);
  return found.Properties;
}

function destinationOf({ CidrIp, CidrIpv6, DestinationPrefixListId }: Record<string, unknown>): unknown {
  return CidrIp ?? CidrIpv6 ?? DestinationPrefixListId;
}

async function hasPython(): Promise<boolean> {
  return run('python3', ['--version']).then(
    () => true,
    () => false,
  );
}
