/** The store that a configuration names. */
import type { Config } from '../../lib/core/config/config.ts';
import { openFileStore } from './open-file-store.ts';
import type { Store } from './store.ts';

/** Faults: store.*. */
export async function openStore(config: Config['store']): Promise<Store> {
  if (config.kind === 'sqlite') return openFileStore(config);
  throw new TypeError('the store of AWS is opened by its functions');
}
