/** What every deployed function begins with: its log, and the parts of AWS that its environment names, each opened when it is asked for. */
import { awsSecrets } from '../../lib/adapters/aws-secrets/aws-secrets.ts';
import { secretsManagerSecrets } from '../../lib/adapters/aws-secrets/secrets-manager.ts';
import { ssmSecrets } from '../../lib/adapters/aws-secrets/ssm.ts';
import { dynamoStore } from '../../lib/adapters/dynamodb/dynamo-store.ts';
import { tableClock } from '../../lib/adapters/dynamodb/table-clock.ts';
import { openPowertools } from '../../lib/adapters/powertools/open-powertools.ts';
import { s3Blobs } from '../../lib/adapters/s3/blobs.ts';
import { openSecrets } from '../../lib/adapters/secrets/secrets.ts';
import { sqsQueue } from '../../lib/adapters/sqs/queue.ts';
import { logFailure } from '../log-failure.ts';
import type { Open } from '../open.ts';
import type { SelfCheck } from '../self-test.ts';
import { selfTest } from '../self-test.ts';
import { dynamoClient, s3Client, secretsManagerClient, sqsClient, ssmClient } from './aws-clients.ts';
import { type FollowOptions, followConfig } from './follow-config.ts';
import { once } from './once.ts';
import { type Env, readSetting } from './read-setting.ts';
import { readStoredConfig } from './stored-config.ts';

export type FunctionParts = Awaited<ReturnType<typeof openFunction>>;

/** `service`: the function's short name. Faults of the parts: config.bad_argument, naming what the environment lacks. */
export async function openFunction(env: Env, service: string) {
  const stage = readSetting(env, 'STAGE');
  const { log, middleware, traced } = await openPowertools({ service, stage, tracing: env.TRUEUP_TRACING === 'on' });
  const dynamo = once(() => {
    const client = traced(dynamoClient());
    return { client, now: tableClock(client, Date.now) };
  });
  const now = () => dynamo().now();
  const s3 = once(() => traced(s3Client()));
  const sqs = once(() => traced(sqsClient()));
  const bucket = () => readSetting(env, 'BUCKET');
  const address = () => readSetting(env, 'TRUEUP_CONFIG');
  const everything = once(() => s3Blobs({ client: s3(), bucket: bucket(), prefix: '' }));
  return {
    log,
    now,
    traced,
    s3,
    sqs,
    blobs: once(() => s3Blobs({ client: s3(), bucket: bucket() })),
    /** Blobs below the prefix of what is too large for the table. */
    spill: once(() => s3Blobs({ client: s3(), bucket: bucket(), prefix: 'spill/' })),
    store: once(() =>
      dynamoStore({ client: dynamo().client, table: readSetting(env, 'TABLE'), blobs: everything(), now }),
    ),
    queue: once(() => sqsQueue(sqs(), readSetting(env, 'QUEUE_URL'))),
    secrets: once(() => {
      const secretsManager = secretsManagerSecrets(traced(secretsManagerClient()));
      const ssm = ssmSecrets(traced(ssmClient()));
      const aws = awsSecrets({ secretsManager, ssm, path: address(), log, now });
      return openSecrets({ env, folder: '/var/task', path: address(), aws });
    }),
    readConfig: () => readStoredConfig(s3(), address())(),
    /** What is made of the configuration in the bucket, anew when that changes. */
    follow: <Parts>(make: FollowOptions<Parts>['make']): Open<Parts> =>
      followConfig({ read: (stamp) => readStoredConfig(s3(), address())(stamp), make, log, now }),
    around: (selfChecks: Open<readonly SelfCheck[]>) => ({
      log,
      middleware: [...middleware, logFailure(log), selfTest(selfChecks, log)],
    }),
  };
}
