/** The secrets that a configuration refers to: from this process's environment, files beside it, and what AWS keeps for us. */
import { dirname } from 'node:path';
import { openSecrets } from '../../lib/adapters/secrets/secrets.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { once } from './once.ts';

/** AWS is asked in the region of its store; without one, in that of the environment. */
export function openSecretsOf({ store }: Pick<Config, 'store'>, { path, log }: { path: string; log: Log }): Secrets {
  const where = store.kind === 'aws' ? { region: store.region } : {};
  const opened = once(async () => {
    // Loaded only where it is needed: the AWS clients take a while.
    const { openAwsSecrets } = await import('./open-aws-store.ts');
    return openAwsSecrets({ ...where, path, log });
  });
  const aws: Secrets = { read: async (reference, options) => (await opened()).read(reference, options) };
  return openSecrets({ env: process.env, folder: dirname(path), path, aws });
}
