import { deepEqual, equal } from 'node:assert/strict';
import test from 'node:test';
import { readDenial } from '../../../lib/core/aws/read-denial.ts';

const role = 'arn:aws:sts::111122223333:assumed-role/trueup-prod-sync/trueup-prod-sync';
const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/trueup-prod';

for (const { it, message, gives } of [
  {
    it: 'DynamoDB',
    message: `User: ${role} is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
    gives: { action: 'dynamodb:PutItem', resource: table, isForbidden: false },
  },
  {
    it: 'S3, which quotes the ARN',
    message: `User: ${role} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::b/blobs/self-test" because no identity-based policy allows the s3:PutObject action`,
    gives: { action: 's3:PutObject', resource: 'arn:aws:s3:::b/blobs/self-test', isForbidden: false },
  },
  {
    it: 'SQS, in lower case',
    message: `User: ${role} is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:111122223333:q because no identity-based policy allows the sqs:sendmessage action`,
    gives: { action: 'sqs:sendmessage', resource: 'arn:aws:sqs:eu-west-1:111122223333:q', isForbidden: false },
  },
  {
    it: 'Secrets Manager asked by name, which is no ARN',
    message: `User: ${role} is not authorized to perform: secretsmanager:GetSecretValue on resource: other/name because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    gives: { action: 'secretsmanager:GetSecretValue', resource: '*', isForbidden: false },
  },
  {
    it: 'an action that has no resource',
    message: `User: ${role} is not authorized to perform: eks:ListClusters`,
    gives: { action: 'eks:ListClusters', resource: '*', isForbidden: false },
  },
  {
    it: 'a service control policy',
    message: `User: ${role} is not authorized to perform: sqs:sendmessage on resource: ${table} with an explicit deny in a service control policy`,
    gives: { action: 'sqs:sendmessage', resource: table, isForbidden: true },
  },
  {
    it: 'a permissions boundary',
    message: `User: ${role} is not authorized to perform: lambda:InvokeFunction on resource: ${table} because no permissions boundary allows the lambda:InvokeFunction action`,
    gives: { action: 'lambda:InvokeFunction', resource: table, isForbidden: true },
  },
])
  test(`read-denial understands ${it}`, () => deepEqual(readDenial(message), { identity: role, ...gives }));

test('read-denial finds nothing in other sentences', () => equal(readDenial('Access Denied'), null));
