/** What a function that was taken over could not do, tried with its role. */
import { GetItemCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { type AsRole, asRole } from './as-role.ts';
import type { Installation } from './open-installation.ts';

type Denied = { role: string; may: string; ask(installation: Installation): Promise<unknown> };
type Ask = (aws: AsRole, outputs: Record<string, string>) => Promise<unknown>;

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const getItem =
  (pk: string): Ask =>
  ({ dynamodb }, { Table }) =>
    dynamodb.send(new GetItemCommand({ TableName: Table, Key: key(pk) }));
const putItem =
  (pk: string): Ask =>
  ({ dynamodb }, { Table }) =>
    dynamodb.send(new PutItemCommand({ TableName: Table, Item: key(pk) }));
const query =
  (IndexName: string, attribute: string): Ask =>
  ({ dynamodb }, { Table }) =>
    dynamodb.send(
      new QueryCommand({
        TableName: Table,
        IndexName,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': attribute },
        ExpressionAttributeValues: { ':value': { S: 'verify' } },
      }),
    );
const scan: Ask = ({ dynamodb }, { Table }) => dynamodb.send(new ScanCommand({ TableName: Table }));
const getObject =
  (Key: string): Ask =>
  ({ s3 }, { Bucket }) =>
    s3.send(new GetObjectCommand({ Bucket, Key }));
const putObject =
  (Key: string): Ask =>
  ({ s3 }, { Bucket }) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
const list: Ask = ({ s3 }, { Bucket }) => s3.send(new ListObjectsV2Command({ Bucket }));
const getBundle: Ask = ({ s3 }, { ScratchBucket }) =>
  s3.send(new GetObjectCommand({ Bucket: ScratchBucket, Key: 'render/x/in' }));
const secret =
  (name: string): Ask =>
  ({ secretsManager }) =>
    secretsManager.send(new GetSecretValueCommand({ SecretId: `trueup/least/${name}` }));
const parameter =
  (name: string): Ask =>
  ({ ssm }) =>
    ssm.send(new GetParameterCommand({ Name: `/trueup/least/${name}`, WithDecryption: true }));
const installationKey: Ask = ({ secretsManager }, { InstallationKeySecret }) =>
  secretsManager.send(new GetSecretValueCommand({ SecretId: InstallationKeySecret }));
const send: Ask = ({ sqs }, { QueueUrl }) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
const receive: Ask = ({ sqs }, { QueueUrl }) => sqs.send(new ReceiveMessageCommand({ QueueUrl }));
const render: Ask = ({ lambda }, { RenderFunction }) =>
  lambda.send(new InvokeCommand({ FunctionName: RenderFunction, Payload: '{}' }));
const enter: Ask = ({ sts }) =>
  sts.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/trueup-search', RoleSessionName: 'enter' }),
  );

const asks: Record<string, Record<string, Ask>> = {
  render: {
    'reading the configuration': getObject('config/trueup.yaml'),
    'reading blobs': getObject('blobs/x'),
    'writing blobs': putObject('blobs/x'),
    'reading bundles that nobody gave it': getBundle,
    'reading Applications': getItem('APPS'),
    'reading secrets': secret('git/token'),
    'reading the installation key': installationKey,
    'queuing wake-ups': send,
    'entering clusters': enter,
  },
  webhook: {
    'reading the secrets of Git hosts': secret('git/token'),
    'reading the parameters of Git hosts': parameter('git/hub'),
    'reading the secrets of clusters': secret('clusters/kept'),
    'reading the secrets of channels': parameter('notify/others'),
    'reading the tokens of the API': secret('access/one'),
    'reading the installation key': installationKey,
    'reading events': getItem('EVENT#x'),
    'listing events': query('time', 'month'),
    'listing what an Application went through': query('log', 'application'),
    'reading everything': scan,
    'reading blobs': getObject('blobs/x'),
    'writing blobs': putObject('blobs/x'),
    'writing the configuration': putObject('config/trueup.yaml'),
    'listing what is kept': list,
    'reading bundles': getBundle,
    'changing Applications': putItem('APPS'),
    'changing states': putItem('APP#verify'),
    'taking wake-ups': receive,
    rendering: render,
    'entering clusters': enter,
  },
  api: {
    'changing Applications': putItem('APPS'),
    'queuing wake-ups': send,
    'reading the secrets of Git hosts': secret('git/token'),
    'reading the installation key': installationKey,
    'writing blobs': putObject('blobs/x'),
  },
  drift: {
    'reading the configuration': getObject('config/trueup.yaml'),
    'reading secrets': secret('git/token'),
    'finding notices': query('due', 'duePk'),
    'entering clusters': enter,
  },
  audit: {
    'reading secrets': secret('git/token'),
    'reading events': getItem('EVENT#x'),
    'reading the heads of repositories': getItem('REPO@x'),
  },
  notify: {
    'reading the secrets of clusters': secret('clusters/kept'),
    'reading the secrets of webhooks': secret('webhook/git'),
    'changing Applications': putItem('APPS'),
    'reading blobs': getObject('blobs/x'),
    'entering clusters': enter,
  },
  sync: {
    'reading the secrets of webhooks': secret('webhook/git'),
    'reading the tokens of the API': secret('access/one'),
    'writing the configuration': putObject('config/trueup.yaml'),
    'reading everything at once': scan,
  },
};

export const deniedThings: Denied[] = Object.entries(asks).flatMap(([role, things]) =>
  Object.entries(things).map(([may, ask]) => ({
    role,
    may,
    ask: async (installation) => ask(await asRole(installation, role), { ...installation.outputs }),
  })),
);
