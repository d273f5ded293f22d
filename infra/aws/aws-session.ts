/** Who we are at AWS and where: the clients that deploying and removing need. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { explainRefusal } from './explain-refusal.ts';

export type AwsSession = Awaited<ReturnType<typeof openAwsSession>>;

/** Endpoint and credentials as every AWS tool finds them. Faults: deploy.no_credentials, bad_credentials, unreachable. */
export async function openAwsSession(region: string) {
  const at = { region };
  const sts = new STSClient(at);
  const { Account: account = '', Arn: principal = '' } = await sts
    .send(new GetCallerIdentityCommand({}))
    .catch((error: unknown) => {
      throw explainRefusal(error, at);
    })
    .finally(() => sts.destroy());
  const clients = {
    cloudFormation: new CloudFormationClient(at),
    logs: new CloudWatchLogsClient(at),
    dynamo: new DynamoDBClient(at),
    lambda: new LambdaClient(at),
    s3: new S3Client(at),
    secrets: new SecretsManagerClient(at),
    sqs: new SQSClient({ ...at, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(at),
  };
  return {
    region,
    account,
    principal,
    ...clients,
    close: () => Object.values(clients).forEach((client) => void client.destroy()),
  };
}

/** Runs something against AWS, then lets go of the connections. Faults: deploy.*. */
export async function withAws<Result>(region: string, work: (aws: AwsSession) => Promise<Result>): Promise<Result> {
  const aws = await openAwsSession(region);
  try {
    return await work(aws);
  } catch (error) {
    throw explainRefusal(error, aws);
  } finally {
    aws.close();
  }
}
