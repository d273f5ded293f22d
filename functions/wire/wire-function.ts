/** The ports of a deployed function: those of one machine, but for the queue, which is SQS. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { jsonLog } from '../../lib/adapters/log/json-log.ts';
import { sqsQueue } from '../../lib/adapters/sqs/queue.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { openSecretsOf } from './open-secrets-of.ts';
import { openStore } from './open-store.ts';
import { readConfig } from './read-config.ts';
import { type House, wireHouse } from './wire-house.ts';
import { type Tools, wireRenderer } from './wire-renderer.ts';

const settings = z.object({
  TRUEUP_CONFIG: z.string().min(1),
  QUEUE_URL: z.url(),
});

/** Faults: config.*, store.*. */
export async function wireFunction(env: Readonly<Record<string, string | undefined>>): Promise<House> {
  const { TRUEUP_CONFIG, QUEUE_URL } = readSettings(env);
  const { config, path } = await readConfig(TRUEUP_CONFIG);
  const log = jsonLog((line) => process.stdout.write(line), Date.now);
  const store = { ...(await openStore(config.store)), queue: sqsQueue(new SQSClient(), QUEUE_URL) };
  return wireHouse(config, {
    store,
    secrets: openSecretsOf(path),
    renderer: wireRenderer(findTools, config.render),
    log,
  });
}

function readSettings(env: Readonly<Record<string, string | undefined>>): z.infer<typeof settings> {
  const checked = settings.safeParse(env);
  if (checked.success) return checked.data;
  const argument = checked.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Fault('config.bad_argument', {
    argument,
    found: 'missing or not valid',
    allowed: 'what serverless.yml sets',
  });
}

/** Where AWS's layer of kubectl and helm unpacks them. */
async function findTools(): Promise<Tools> {
  return { kubectl: '/opt/kubectl/kubectl', helm: '/opt/helm/helm' };
}
