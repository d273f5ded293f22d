/** The store of a deployed installation, for a command at somebody's terminal: found by its stack. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { awsSecrets } from '../../lib/adapters/aws-secrets/aws-secrets.ts';
import { secretsManagerSecrets } from '../../lib/adapters/aws-secrets/secrets-manager.ts';
import { ssmSecrets } from '../../lib/adapters/aws-secrets/ssm.ts';
import { readOutputs } from '../../lib/adapters/cloudformation/read-outputs.ts';
import { dynamoStore } from '../../lib/adapters/dynamodb/dynamo-store.ts';
import { tableClock } from '../../lib/adapters/dynamodb/table-clock.ts';
import { s3Blobs } from '../../lib/adapters/s3/blobs.ts';
import { sqsInbox } from '../../lib/adapters/sqs/inbox.ts';
import { sqsQueue } from '../../lib/adapters/sqs/queue.ts';
import type { AwsStoreConfig } from '../../lib/core/config/config.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { dynamoClient, s3Client, secretsManagerClient, sqsClient, ssmClient } from './aws-clients.ts';
import { readInstallationKey } from './read-installation-key.ts';
import type { Store } from './store.ts';

type Around = { secrets: Secrets; log: Log };

/** Faults: aws.*, config.secret_* for the installation key. */
export async function openAwsStore({ stack, region }: AwsStoreConfig, { secrets, log }: Around): Promise<Store> {
  const outputs = await readOutputs(new CloudFormationClient({ region }), stack, region);
  const s3 = s3Client({ region });
  const sqs = sqsClient({ region });
  const { Table, Bucket, QueueUrl, InstallationKeySecret } = outputs;
  const dynamo = dynamoClient({ region });
  const now = tableClock(dynamo, Date.now);
  const everything = s3Blobs({ client: s3, bucket: Bucket, prefix: '' });
  return {
    ...dynamoStore({ client: dynamo, table: Table, blobs: everything, now }),
    blobs: s3Blobs({ client: s3, bucket: Bucket }),
    queue: sqsQueue(sqs, QueueUrl),
    inbox: sqsInbox({ client: sqs, queueUrl: QueueUrl, log, now }),
    installationKey: await readInstallationKey(secrets, InstallationKeySecret),
    now,
    close: () => {},
  };
}

/** `path`: of the configuration, named in faults. */
export function openAwsSecrets({ region, path, log }: { region?: string; path: string; log: Log }): Secrets {
  const where = region === undefined ? {} : { region };
  const secretsManager = secretsManagerSecrets(secretsManagerClient(where));
  return awsSecrets({ secretsManager, ssm: ssmSecrets(ssmClient(where)), path, log, now: Date.now });
}
