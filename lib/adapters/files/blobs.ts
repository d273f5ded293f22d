/** Blobs as encrypted files in one folder. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../core/fault/fault.ts';
import type { Blobs } from '../../ports/blobs.ts';
import { diskFault, isMissing } from './disk-fault.ts';
import { blobKey, sealBlob, unsealBlob } from './seal-blob.ts';
import { temporarySuffix, writeWhole } from './write-whole.ts';

const hourMs = 60 * 60 * 1000;

/**
 * Makes the folder when it is missing, and clears away what writers killed over an hour before `now` left half-written.
 * Faults: store.full, store.unavailable; on `get` also store.blob_unreadable.
 */
export async function openBlobs(
  folder: string,
  { installationKey, now }: { installationKey: Uint8Array; now: number },
): Promise<Blobs> {
  const key = blobKey(installationKey);
  const translated = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw diskFault(error, folder);
    }
  };
  await translated(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await clearAway(folder, now - hourMs);
  });

  return {
    put: (name, bytes) =>
      translated(async () => {
        await writeWhole(join(folder, fileOf(name)), await sealBlob(bytes, { key, name }), { replace: true });
      }),
    get: (name) =>
      translated(async () => {
        const sealed = await readIfThere(join(folder, fileOf(name)));
        if (sealed === null) return null;
        try {
          return await unsealBlob(sealed, { key, name });
        } catch (cause) {
          throw new Fault('store.blob_unreadable', { key: name, path: folder }, { cause });
        }
      }),
    remove: (name) => translated(() => rm(join(folder, fileOf(name)), { force: true })),
  };
}

/** A hash: no key leads out of the folder, is too long for it, or differs from another only in case. */
function fileOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function clearAway(folder: string, before: number): Promise<void> {
  for (const file of await readdir(folder)) {
    if (!file.endsWith(temporarySuffix)) continue;
    const path = join(folder, file);
    const { mtimeMs } = await stat(path).catch(goneMeanwhile);
    if (mtimeMs < before) await rm(path, { force: true });
  }
}

function goneMeanwhile(error: unknown): { mtimeMs: number } {
  if (isMissing(error)) return { mtimeMs: Number.POSITIVE_INFINITY };
  throw error;
}
