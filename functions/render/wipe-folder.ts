/** Empties a folder: a function that is used again must not show one render what another one left. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The names of what could not be removed. */
export async function wipeFolder(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const removed = await Promise.allSettled(
    names.map((name) => rm(join(folder, name), { recursive: true, force: true })),
  );
  return names.filter((_, index) => removed[index]?.status === 'rejected');
}
