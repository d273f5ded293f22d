/** An installation on the local AWS whose sync function the test runs itself, and stops as it likes. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { zipSync } from 'fflate';
import { packageFunctions } from '../../../bench/aws/package-functions.ts';
import { openWorkCopy, type WorkCopy } from '../../../cli/demo/work-copy.ts';
import { type LambdaRuntime, startLambdaRuntime } from '../../../infra/local/aws/lambda-runtime.ts';
import type { LocalAws } from '../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { startGitServer } from '../../../infra/local/git-server/git-server.ts';
import { findTools } from '../../../infra/local/tools.ts';
import { type DynamoStore, dynamoStore } from '../../../lib/adapters/dynamodb/dynamo-store.ts';
import { tableDefinition } from '../../../lib/adapters/dynamodb/table-definition.ts';
import { openLambdaClient } from '../../../lib/adapters/lambda/lambda-invoke.ts';
import { s3Blobs } from '../../../lib/adapters/s3/blobs.ts';
import { createRole } from '../../infra/local/aws/create-role.ts';

export type Installation = {
  aws: LocalAws;
  sqs: SQSClient;
  table: string;
  documents: DynamoDBDocumentClient;
  /** What the functions keep, as they keep it. */
  store: DynamoStore;
  queueUrl: string;
  deadLettersUrl: string;
  work: WorkCopy;
  repoURL: string;
  /** A repository whose Git host takes the question and never answers. */
  silentRepoURL: string;
  /** A second queue with the same settings, for the function as well. */
  otherQueueUrl: string;
  /** Cold, with the real bundle; told that it has its five minutes. */
  startSync(limits: { killedAfterMs: number; memoryMb?: number; queueUrl?: string }): Promise<LambdaRuntime>;
  stop(): Promise<void>;
};

/** As in infra/aws/queues.yml and serverless.yml. */
const visibilityS = 1_800;
const maxReceiveCount = 5;
const memoryMb = 1_769;
const functionTimeoutMs = 300_000;
const stage = 'stopped';
const name = `trueup-${stage}`;

export async function openInstallation(kubeconfig: string): Promise<Installation> {
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.toReversed()) await close();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), `${name}-`));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const functions = new Map((await packageFunctions(folder)).map((each) => [each.name, each.folder]));
    const aws = await startLocalAws();
    closing.push(aws.stop);
    const git = await startGitServer({ folder: join(folder, 'git') });
    closing.push(git.stop);
    const { url: repoURL } = await git.createRepository('team/shop');
    const work = await openWorkCopy(join(folder, 'tree'), repoURL);
    const { clientConfig } = aws;
    const [s3, sqs, dynamo] = [
      new S3Client(clientConfig),
      new SQSClient(clientConfig),
      new DynamoDBClient(clientConfig),
    ];
    await dynamo.send(new CreateTableCommand({ TableName: name, ...tableDefinition }));
    for (const Bucket of [name, `${name}-scratch`]) await s3.send(new CreateBucketCommand({ Bucket }));
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    closing.push(async () => silent.close().closeAllConnections());
    const silentUrl = `http://127.0.0.1:${portOf(silent)}`;
    const Body = JSON.stringify(configFor(repoURL, silentUrl));
    await s3.send(new PutObjectCommand({ Bucket: name, Key: 'config/trueup.yaml', Body }));
    await createSecrets(aws, { key: randomBytes(32).toString('hex'), kubeconfig: await readFile(kubeconfig, 'utf8') });
    const { queueUrl, deadLettersUrl } = await createQueues(sqs, name);
    const { queueUrl: otherQueueUrl } = await createQueues(sqs, `${name}-other`);
    await createRender(aws, functions.get('render') ?? '');
    const env = {
      ...aws.env,
      STAGE: stage,
      TRUEUP_CONFIG: `s3://${name}/config/trueup.yaml`,
      TRUEUP_TRACING: 'off',
      TABLE: name,
      BUCKET: name,
      SCRATCH_BUCKET: `${name}-scratch`,
      QUEUE_URL: queueUrl,
      INSTALLATION_KEY_SECRET: secretName('key'),
      RENDER_FUNCTION: `${name}-render`,
    };
    const documents = DynamoDBDocumentClient.from(dynamo);
    return {
      aws,
      sqs,
      table: name,
      documents,
      store: dynamoStore({
        client: documents,
        table: name,
        blobs: s3Blobs({ client: s3, bucket: name, prefix: '' }),
        now: Date.now,
      }),
      queueUrl,
      deadLettersUrl,
      work,
      repoURL,
      silentRepoURL: `${silentUrl}/team/silent.git`,
      otherQueueUrl,
      startSync: (limits) =>
        startLambdaRuntime({
          folder: functions.get('sync') ?? '',
          handler: 'functions/sync/handler.handler',
          timeoutMs: limits.killedAfterMs,
          toldTimeoutMs: functionTimeoutMs,
          memoryMb: limits.memoryMb ?? memoryMb,
          env: { ...env, QUEUE_URL: limits.queueUrl ?? queueUrl },
          name: 'sync',
        }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function configFor(repoURL: string, silentUrl: string) {
  const webhookSecret = { env: 'NOT_READ' };
  return {
    installation: name,
    store: { kind: 'aws', stack: name, region: 'eu-west-1' },
    gitHosts: [
      { name: 'git', kind: 'git', url: new URL(repoURL).origin, webhookSecret },
      { name: 'silent', kind: 'git', url: silentUrl, webhookSecret },
    ],
    clusters: [{ name: 'prod', kubeconfig: { secretsManager: secretName('kubeconfig') } }],
    fleet: { repoURL, path: 'fleet', targetRevision: 'main' },
  };
}

function secretName(what: string): string {
  return `trueup/${stage}/${what}`;
}

async function createSecrets({ clientConfig }: LocalAws, values: Readonly<Record<string, string>>): Promise<void> {
  const client = new SecretsManagerClient(clientConfig);
  for (const [what, SecretString] of Object.entries(values))
    await client.send(new CreateSecretCommand({ Name: secretName(what), SecretString }));
  client.destroy();
}

async function createQueues(sqs: SQSClient, queue: string): Promise<{ queueUrl: string; deadLettersUrl: string }> {
  const { QueueUrl: deadLettersUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `${queue}-dead` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLettersUrl, AttributeNames: ['QueueArn'] }),
  );
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount });
  const { QueueUrl: queueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: queue, Attributes: { VisibilityTimeout: String(visibilityS), RedrivePolicy } }),
  );
  return { queueUrl, deadLettersUrl };
}

async function createRender({ clientConfig }: LocalAws, folder: string): Promise<void> {
  const tools = await findTools();
  const Variables = { TRUEUP_LOCAL_AWS: '1', TRUEUP_KUBECTL: tools.kubectl, TRUEUP_HELM: tools.helm };
  const client = openLambdaClient({ ...clientConfig, timeoutMs: 60_000 });
  const file = 'functions/render/handler.mjs';
  await client.send(
    new CreateFunctionCommand({
      FunctionName: `${name}-render`,
      Runtime: 'nodejs24.x',
      Handler: 'functions/render/handler.handler',
      Role: await createRole(clientConfig, 'lambda'),
      Timeout: 120,
      Environment: { Variables },
      Code: { ZipFile: zipSync({ [file]: await readFile(join(folder, file)) }) },
    }),
  );
  client.destroy();
}
