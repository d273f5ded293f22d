/** The clients of AWS. Each is its own function, so that a bundle carries only those its function uses. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Default: the region of the environment. */
export type Where = { region?: string };

/** Without `connectionTimeout` a function in a VPC without a way out would wait until it is stopped. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true };
const patient = { requestHandler, maxAttempts: 5 };
/**
 * Of services that answer within a tenth of a second. A connection may have died while the function was frozen, and a webhook
 * has ten seconds: enough for a second try on another one.
 */
const prompt = { requestHandler: { ...requestHandler, requestTimeout: 4_000 }, maxAttempts: 5 };

export function dynamoClient(where: Where = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...prompt, ...where }), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

export function s3Client(where: Where = {}): S3Client {
  return new S3Client({ ...patient, ...where });
}

export function sqsClient(where: Where = {}): SQSClient {
  // The endpoint that is configured, for one: the local AWS names itself otherwise than it is reached.
  return new SQSClient({ ...prompt, ...where, useQueueUrlAsEndpoint: false });
}

export function secretsManagerClient(where: Where = {}): SecretsManagerClient {
  return new SecretsManagerClient({ ...prompt, ...where });
}

export function ssmClient(where: Where = {}): SSMClient {
  return new SSMClient({ ...prompt, ...where });
}

/** A render takes as long as its limit says: whoever calls sets the time of each request. */
export function lambdaClient(where: Where = {}): LambdaClient {
  return new LambdaClient({ ...where, maxAttempts: 3, requestHandler: { connectionTimeout: 3_000 } });
}
