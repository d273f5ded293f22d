/** The published template takes its stage and the place of its code as parameters. */
import { deepEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { publishTemplate, stagePlaceholder } from '../../../infra/aws/publish-template.ts';

const parameters = {
  S3PrefixListId: { Type: 'String', Default: 'pl-0', AllowedPattern: '^pl-' },
  Tracing: { Default: 'false' },
};
const files = new Map([['webhook.zip', 'webhook-1234.zip']]);

function publish(Resources: Record<string, unknown>) {
  return publishTemplate({ Resources, Outputs: {}, Parameters: parameters }, files);
}

test('publish-template takes the code from the bucket it is told, under the name the file got', () => {
  const Code = { S3Bucket: { Ref: 'ServerlessDeploymentBucket' }, S3Key: 'serverless/x/1-2026/webhook.zip' };
  deepEqual(publish({ Webhook: { Properties: { Code } } }).Resources, {
    Webhook: {
      Properties: { Code: { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { 'Fn::Sub': `\${CodePrefix}webhook-1234.zip` } } },
    },
  });
});

test('publish-template puts the stage in wherever its name was, also within a substitution', () => {
  const Name = `trueup-${stagePlaceholder}-sync`;
  deepEqual(publish({ A: { Name }, B: { 'Fn::Sub': `arn:\${AWS::Region}:${Name}` } }).Resources, {
    A: { Name: { 'Fn::Sub': `trueup-\${Stage}-sync` } },
    B: { 'Fn::Sub': `arn:\${AWS::Region}:trueup-\${Stage}-sync` },
  });
});

test('publish-template has no bucket of its own, and asks for what only a region knows', () => {
  const { Resources, Parameters } = publish({ ServerlessDeploymentBucket: {}, ServerlessDeploymentBucketPolicy: {} });
  deepEqual(Resources, {});
  deepEqual(Parameters.S3PrefixListId, { Type: 'String', AllowedPattern: '^pl-' });
  deepEqual(Parameters.Tracing, { Default: 'false' });
});

test('publish-template refuses code that no file is published for', () => {
  throws(() => publish({ A: { Code: { S3Key: 'serverless/x/sync.zip' } } }), /sync\.zip/);
});
