/** Lets one process at a time do what must not be done twice, such as a build of ten minutes. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The lock is SQLite's own on an empty database: the kernel frees it the moment its holder dies, whatever killed it,
 * so there is no stale lock to recognise and no process number to mistake for another.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options: { pollMs?: number; onWait?: () => void } = {},
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    while (!tryLock(database)) {
      options.onWait?.();
      await sleep(options.pollMs ?? 500);
    }
    return await work();
  } finally {
    database.close();
  }
}

const busy = 5;

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) return false;
    throw error;
  }
}
