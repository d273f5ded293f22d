/** What keeps the data of an installation from the public, from accidents and for no longer than needed. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { readResources } from './read-template.ts';

const buckets = readResources('buckets.yml');
const queues = readResources('queues.yml');
const { Table: table } = readResources('table.yml');
const { InstallationKeySecret: key } = readResources('secrets.yml');

for (const [id, { Properties }] of Object.entries(buckets).filter(([, { Type }]) => Type === 'AWS::S3::Bucket')) {
  test(`protections: ${id} is closed to the public, encrypted, and its owner's alone`, () => {
    deepEqual(Properties.PublicAccessBlockConfiguration, {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    deepEqual(Properties.OwnershipControls, { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    match(JSON.stringify(Properties.BucketEncryption), /"SSEAlgorithm":"aws:kms"/);
  });

  test(`protections: ${id} forgets uploads that never ended`, () => {
    match(JSON.stringify(Properties.LifecycleConfiguration), /"AbortIncompleteMultipartUpload"/);
  });

  test(`protections: ${id} refuses requests without TLS`, () => {
    const { Type, Condition, Properties: policy } = buckets[`${id}Policy`] ?? {};
    equal(Type, 'AWS::S3::BucketPolicy');
    equal(Condition, 'RequiresTls');
    match(JSON.stringify(policy), /"Effect":"Deny".*"aws:SecureTransport":"false"/);
    match(
      JSON.stringify(policy),
      new RegExp(`\\{"Fn::GetAtt":"${id}.Arn"\\},\\{"Fn::Sub":"\\$\\{${id}.Arn\\}/\\*"\\}`),
    );
  });
}

test('protections: what is kept has versions, and old ones go', () => {
  deepEqual(buckets.Bucket?.Properties.VersioningConfiguration, { Status: 'Enabled' });
  match(JSON.stringify(buckets.Bucket?.Properties.LifecycleConfiguration), /"NoncurrentVersionExpiration"/);
});

test('protections: what may be decrypted content has no versions, and is gone after a day', () => {
  equal(buckets.ScratchBucket?.Properties.VersioningConfiguration, undefined);
  match(JSON.stringify(buckets.ScratchBucket?.Properties.LifecycleConfiguration), /"ExpirationInDays":1/);
});

for (const id of ['WakeUps', 'DeadLetters'])
  test(`protections: ${id} is encrypted and refuses requests without TLS`, () => {
    equal(queues[id]?.Properties.SqsManagedSseEnabled, true);
    const { Condition, Properties } = queues.QueuePolicy ?? {};
    equal(Condition, 'RequiresTls');
    match(JSON.stringify(Properties), /"Effect":"Deny".*"aws:SecureTransport":"false"/);
    ok(JSON.stringify(Properties?.Queues).includes(`{"Ref":"${id}"}`));
  });

test('protections: what fails five times is kept for longer than what waits', () => {
  deepEqual(queues.WakeUps?.Properties.RedrivePolicy, {
    deadLetterTargetArn: { 'Fn::GetAtt': 'DeadLetters.Arn' },
    maxReceiveCount: 5,
  });
  ok(
    Number(queues.DeadLetters?.Properties.MessageRetentionPeriod) >
      Number(queues.WakeUps?.Properties.MessageRetentionPeriod),
  );
});

test('protections: the table comes back from any second of its past, and is not deleted by accident', () => {
  equal(table?.Properties.BillingMode, 'PAY_PER_REQUEST');
  deepEqual(table?.Properties.PointInTimeRecoverySpecification, { PointInTimeRecoveryEnabled: true });
  deepEqual(table?.Properties.TimeToLiveSpecification, { AttributeName: 'ttl', Enabled: true });
  deepEqual(table?.Properties.DeletionProtectionEnabled, { 'Fn::If': ['IsProtected', true, false] });
});

test('protections: the installation key is made by AWS and stands nowhere', () => {
  equal(key?.Properties.SecretString, undefined);
  ok(key?.Properties.GenerateSecretString !== undefined);
});
