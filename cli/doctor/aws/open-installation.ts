/** An installation as AWS shows it to the credentials of this shell. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { lambdaClient, s3Client, sqsClient } from '../../../functions/wire/aws-clients.ts';
import { configKey } from '../../../infra/aws/upload-config.ts';
import { readOutputs } from '../../../lib/adapters/cloudformation/read-outputs.ts';
import { openAwsClients } from '../../../lib/adapters/eks/aws-clients.ts';
import { readText } from '../../../lib/adapters/s3/read-text.ts';
import type { AwsStoreConfig } from '../../../lib/core/config/config.ts';
import { describeFunction, queueTroubles, runSelfTest } from './ask-function.ts';
import { findLastFailure } from './find-last-failure.ts';
import type { Installation } from './installation.ts';
import { readEks } from './read-eks.ts';
import { peekDeadLetters, readDepth } from './read-queues.ts';
import { readStack } from './read-stack.ts';

export type OpenInstallation = (place: Pick<AwsStoreConfig, 'stack' | 'region'>, installation: string) => Installation;

export const openInstallation: OpenInstallation = ({ stack, region }, installation) => {
  const where = { region };
  const cloudFormation = new CloudFormationClient(where);
  const logs = new CloudWatchLogsClient(where);
  const [lambda, s3, sqs] = [lambdaClient(where), s3Client(where), sqsClient(where)];
  const eks = openAwsClients();
  const functionPlace = (functionName: string) => ({ client: lambda, functionName, region });
  return {
    outputs: () => readOutputs(cloudFormation, stack, region),
    resources: () => readStack(cloudFormation, { stack, region }),
    async storedConfig(bucket) {
      const found = await readText({ client: s3, bucket, key: configKey });
      return found?.text ?? null;
    },
    queueDepth: (queueUrl) => readDepth({ client: sqs, queueUrl, region }),
    deadLetters: (queueUrl) => peekDeadLetters({ client: sqs, queueUrl, region }),
    lastFailure: (functionName, message) => findLastFailure(logs, { functionName, region, ...message }),
    describeFunction: (functionName) => describeFunction(functionPlace(functionName)),
    queueTroubles: (functionName) => queueTroubles(functionPlace(functionName)),
    selfTest: (functionName) => runSelfTest(functionPlace(functionName)),
    eks: (target, principal) => readEks(eks, { target, principal, installation }),
  };
};
