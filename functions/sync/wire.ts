/** What a whole sync needs: every port of the house, on AWS. */
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaInvoke, openLambdaClient } from '../../lib/adapters/lambda/lambda-invoke.ts';
import { remoteRenderer } from '../../lib/adapters/lambda/remote-renderer.ts';
import { s3Scratch } from '../../lib/adapters/s3/scratch.ts';
import { sqsInbox } from '../../lib/adapters/sqs/inbox.ts';
import type { ClusterSearch, Config } from '../../lib/core/config/config.ts';
import { referencesOf } from '../../lib/core/config/references-of.ts';
import { once } from '../wire/once.ts';
import { searchEks } from '../wire/open-eks.ts';
import type { FunctionParts } from '../wire/open-function.ts';
import { readInstallationKey } from '../wire/read-installation-key.ts';
import { type Env, readSetting } from '../wire/read-setting.ts';
import { rememberSearches } from '../wire/remember-searches.ts';
import { wireHouse } from '../wire/wire-house.ts';
import { withFoundClusters } from '../wire/with-found-clusters.ts';
import { syncSelfChecks } from './self-checks.ts';

/** A render takes two runs of a tool at worst, and is fetched and put. */
const renderSlackMs = 60_000;

/** A new cluster with the tag is found after this, or after a minute while some search fails. */
const searchAgainMs = 5 * 60_000;
const searchSoonMs = 60_000;

export function wire(parts: FunctionParts, env: Env) {
  const { store, queue, blobs, spill, secrets, readConfig, follow, log, now, s3, sqs, traced } = parts;

  const scratch = once(() => s3Scratch({ client: s3(), bucket: readSetting(env, 'SCRATCH_BUCKET') }));

  const inbox = sqsInbox({ client: sqs(), queueUrl: readSetting(env, 'QUEUE_URL'), log, now });

  const remembered = rememberSearches(searchEks, log);

  async function open(written: Config) {
    const config = await withFoundClusters(written, { search: remembered.search, log });
    const installationKey = await readKey();
    const lambda = traced(openLambdaClient({ timeoutMs: longestRenderMs(config) }));
    const house = wireHouse(config, {
      store: { ...store(), queue: queue(), blobs: blobs(), inbox, installationKey, now, close: () => {} },
      secrets: secrets(),
      renderer: renderer(config, lambda),
      log,
    });
    const goodForMs = remembered.isIncomplete() ? searchSoonMs : searchAgainMs;
    const { clusterSearches: searches, installation } = written;
    const search = (wanted: ClusterSearch) => searchEks(wanted, installation);
    const opened = { ports: remembered.completing(house.ports), references: referencesOf(config), searches, search };
    const close = async () => {
      await house.close();
      lambda.destroy();
    };
    return { parts: opened, close, ...(searches.length > 0 && { goodForMs }) };
  }

  function readKey(options?: { fresh?: boolean }) {
    return readInstallationKey(secrets(), readSetting(env, 'INSTALLATION_KEY_SECRET'), options);
  }

  function renderer(config: Config, client: LambdaClient) {
    const { render } = config;
    const functionName = readSetting(env, 'RENDER_FUNCTION');
    return remoteRenderer({
      invoke: lambdaInvoke({ client, functionName, timeoutMs: longestRenderMs(config) }),
      scratch: scratch(),
      limits: { timeoutMs: render.timeoutMs, maxOutputBytes: render.maxOutputBytes },
      newId: () => crypto.randomUUID(),
      log,
    });
  }

  const followed = follow(open);
  return {
    open: followed,
    inbox,
    selfChecks: async () =>
      syncSelfChecks({
        ...(await followed()),
        inbox,
        readConfig,
        readKey: () => readKey({ fresh: true }),
        secrets: secrets(),
        spill: spill(),
        scratch: scratch(),
      }),
  };
}

function longestRenderMs({ render }: Config): number {
  return 2 * render.timeoutMs + renderSlackMs;
}
