/** Writes a file so that it is there whole or not at all, whenever the process or the power stops. */
import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a write leaves beside the file when it is killed ends in this. */
export const temporarySuffix = '.tmp';

/** `replace: false` keeps a file that is there and throws EEXIST. Mode 0600; the folder must exist. */
export async function writeWhole(
  path: string,
  bytes: Uint8Array | AsyncIterable<string>,
  options: { replace: boolean },
): Promise<void> {
  const temporary = `${path}.${randomUUID()}${temporarySuffix}`;
  try {
    await writeThrough(temporary, bytes);
    if (options.replace) await rename(temporary, path);
    else await link(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await keepName(dirname(path));
}

async function writeThrough(path: string, bytes: Uint8Array | AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name is on the disk only when its folder is. */
async function keepName(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
