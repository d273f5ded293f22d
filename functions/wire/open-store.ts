/** The store that a configuration names. */
import type { Config } from '../../lib/core/config/config.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Secrets } from '../../lib/ports/secrets.ts';
import { openFileStore } from './open-file-store.ts';
import type { Store } from './store.ts';

/** Faults: store.*, aws.*. */
export async function openStore(config: Config['store'], around: { secrets: Secrets; log: Log }): Promise<Store> {
  if (config.kind === 'sqlite') return openFileStore(config);
  // Loaded only where it is needed: the AWS clients take a while.
  const { openAwsStore } = await import('./open-aws-store.ts');
  return openAwsStore(config, around);
}
