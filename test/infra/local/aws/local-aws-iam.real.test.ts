/** Rules of IAM that the local AWS keeps because we taught it: a role that is wrong on AWS is wrong here. */
import { equal, match } from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { LocalAws } from '../../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../../infra/local/aws/start-local-aws.ts';
import { tableDefinition } from '../../../../lib/adapters/dynamodb/table-definition.ts';
import { createRole } from './create-role.ts';

const TableName = 'state';
const Bucket = 'kept';

let aws: LocalAws;
let table: DynamoDBDocumentClient;
let s3: S3Client;
before(async () => {
  aws = await startLocalAws();
  const RoleArn = await createRole(aws.clientConfig, 'lambda');
  await new DynamoDBClient(aws.clientConfig).send(new CreateTableCommand({ TableName, ...tableDefinition }));
  await new S3Client(aws.clientConfig).send(new CreateBucketCommand({ Bucket }));
  const { Credentials } = await new STSClient(aws.clientConfig).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'it' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  table = DynamoDBDocumentClient.from(new DynamoDBClient({ ...aws.clientConfig, credentials }));
  s3 = new S3Client({ ...aws.clientConfig, credentials, forcePathStyle: true });
});
after(() => aws.stop());

async function allow(...statements: object[]): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const policy = { RoleName: 'lambda', PolicyName: 'its', PolicyDocument };
  await new IAMClient(aws.clientConfig).send(new PutRolePolicyCommand(policy));
}

/** Allowed; else what was refused. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'allowed',
    (error: unknown) => String(error),
  );
}

const inTable = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:BatchWriteItem',
];
const due = { IndexName: 'due', KeyConditionExpression: '#pk = :pk AND dueAt <= :now' };

for (const { it, ask } of [
  { it: 'one item', ask: (pk: string) => table.send(new GetCommand({ TableName, Key: { pk, sk: 'x' } })) },
  {
    it: 'any of several',
    ask: (pk: string) =>
      table.send(
        new BatchGetCommand({
          RequestItems: {
            [TableName]: {
              Keys: [
                { pk: 'ours#2', sk: 'x' },
                { pk, sk: 'x' },
              ],
            },
          },
        }),
      ),
  },
  { it: 'an item that is put', ask: (pk: string) => table.send(new PutCommand({ TableName, Item: { pk, sk: 'x' } })) },
  {
    it: 'an item of a batch',
    ask: (pk: string) =>
      table.send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: { pk, sk: 'x' } } }] } })),
  },
  {
    it: 'an item of a transaction',
    ask: (pk: string) =>
      table.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { pk, sk: 'x' } } }] })),
  },
  {
    it: 'what is asked of the table',
    ask: (pk: string) =>
      table.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ExpressionAttributeValues: { ':pk': pk },
        }),
      ),
  },
  {
    it: 'what is asked of an index, by its own key',
    ask: (pk: string) =>
      table.send(
        new QueryCommand({
          TableName,
          ...due,
          ExpressionAttributeNames: { '#pk': 'duePk' },
          ExpressionAttributeValues: { ':pk': pk, ':now': 1 },
        }),
      ),
  },
])
  test(`local-aws judges the partition key of ${it}`, async () => {
    const where = `arn:aws:dynamodb:${aws.region}:${aws.account}:table/${TableName}`;
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ours#*'] } };
    await allow({ Effect: 'Allow', Action: inTable, Resource: [where, `${where}/index/due`], Condition });
    equal(await outcomeOf(ask('ours#1')), 'allowed');
    match(await outcomeOf(ask('theirs')), /AccessDenied/);
  });

test('local-aws tells only who may list a bucket that an object is not there', async () => {
  const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  const ask = () => outcomeOf(s3.send(new GetObjectCommand({ Bucket, Key: 'none' })));
  await allow(read);
  match(
    await ask(),
    /AccessDenied: User: \S+ is not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::kept /,
  );
  await allow(read, { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${Bucket}` });
  match(await ask(), /NoSuchKey/);
});
