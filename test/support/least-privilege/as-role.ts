/** Clients of AWS that act as the role of a function: what a bug or a chart in that function could do. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { physicalId } from './invoke.ts';
import type { Installation } from './open-installation.ts';

export type AsRole = Awaited<ReturnType<typeof asRole>>;

/** Only Lambda may take these roles; the local AWS lets its root stand for Lambda. `name`: of the function. */
export async function asRole(installation: Installation, name: string) {
  const { region, aws } = installation.setting;
  const where = { region, ...aws };
  const RoleName = physicalId(installation, name, 'Role');
  const sts = new STSClient(where);
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::000000000000:role/${RoleName}`, RoleSessionName: 'try' }),
  );
  sts.destroy();
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const config = { ...where, credentials };
  return {
    dynamodb: new DynamoDBClient(config),
    lambda: new LambdaClient(config),
    s3: new S3Client(config),
    secretsManager: new SecretsManagerClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  };
}
