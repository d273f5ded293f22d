/** A local AWS with all that the webhook function asks for, and signed pushes as API Gateway hands them over. */
import { createHmac, randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startLocalAws } from '../../infra/local/aws/start-local-aws.ts';
import { tableDefinition } from '../../lib/adapters/dynamodb/table-definition.ts';

export type WebhookSetting = {
  /** Of every function. */
  env: Readonly<Record<string, string>>;
  /** A push to the fleet, which is queued without anything being registered. */
  push(): unknown;
  stop(): Promise<void>;
};

const [table, bucket, queue] = ['bench', 'bench', 'bench'];
const secret = 'a secret of this benchmark';
const repository = 'https://git.example.com/team/fleet.git';
const config = {
  store: { kind: 'aws', stack: 'trueup-bench', region: 'eu-west-1' },
  gitHosts: [
    {
      name: 'git',
      kind: 'git',
      url: 'https://git.example.com',
      webhookSecret: { secretsManager: 'trueup/bench/webhook/git' },
    },
  ],
  clusters: [{ name: 'shop', eks: { cluster: 'shop', region: 'eu-west-1' } }],
  fleet: { repoURL: repository, path: 'fleet' },
};

export async function openWebhookSetting(): Promise<WebhookSetting> {
  const aws = await startLocalAws();
  const { clientConfig, env, stop } = aws;
  await new DynamoDBClient(clientConfig).send(new CreateTableCommand({ TableName: table, ...tableDefinition }));
  const s3 = new S3Client(clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const Key = 'config/trueup.yaml';
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(config) }));
  const secrets = new SecretsManagerClient(clientConfig);
  await secrets.send(new CreateSecretCommand({ Name: 'trueup/bench/webhook/git', SecretString: secret }));
  const { QueueUrl = '' } = await new SQSClient(clientConfig).send(new CreateQueueCommand({ QueueName: queue }));
  return {
    env: {
      ...env,
      STAGE: 'bench',
      TRUEUP_CONFIG: `s3://${bucket}/${Key}`,
      TRUEUP_TRACING: 'off',
      TABLE: table,
      BUCKET: bucket,
      SCRATCH_BUCKET: bucket,
      QUEUE_URL: QueueUrl,
      INSTALLATION_KEY_SECRET: 'trueup/bench/installation-key',
      RENDER_FUNCTION: 'trueup-bench-render',
    },
    push: signedPush,
    stop,
  };
}

function signedPush() {
  const name = 'team/fleet';
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    before: '0'.repeat(40),
    after: '1'.repeat(40),
    commits: [],
    repository: { name, full_name: name, clone_url: repository, html_url: repository, default_branch: 'main' },
    pusher: { name: 'bench' },
  });
  return {
    version: '2.0',
    routeKey: 'POST /hooks/{gitHost}',
    rawPath: '/hooks/git',
    pathParameters: { gitHost: 'git' },
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
    isBase64Encoded: false,
  };
}
