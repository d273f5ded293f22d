/** The store of one machine: an SQLite file, with blobs and a key beside it. */
import { openBlobs } from '../../lib/adapters/files/blobs.ts';
import { openInstallationKey } from '../../lib/adapters/files/installation-key.ts';
import { openSqliteStore } from '../../lib/adapters/sqlite/sqlite-store.ts';
import type { SqliteStoreConfig } from '../../lib/core/config/config.ts';
import type { Store } from './store.ts';
import { isDeadWorker } from './worker-name.ts';

/** Faults: store.*. */
export async function openFileStore({ path }: Pick<SqliteStoreConfig, 'path'>): Promise<Store> {
  const { freeLeases, ...store } = openSqliteStore(path);
  freeLeases(isDeadWorker);
  const installationKey = await openInstallationKey(`${path}.key`);
  const blobs = await openBlobs(`${path}.blobs`, { installationKey, now: Date.now() });
  return { ...store, inbox: store.queue, blobs, installationKey, now: Date.now };
}
