/** The one secret an installation makes for itself: it encrypts the blobs and keys the HMACs that stand for secret values. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Fault } from '../../core/fault/fault.ts';
import { diskFault, isMissing, isTaken } from './disk-fault.ts';
import { writeWhole } from './write-whole.ts';

/** 32 bytes; made on first use, readable by its owner only. Faults: store.bad_key, store.unavailable, store.full. */
export async function openInstallationKey(path: string): Promise<Uint8Array> {
  try {
    return parseKey((await readKey(path)) ?? (await makeKey(path)), path);
  } catch (error) {
    throw diskFault(error, path);
  }
}

async function readKey(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Two processes may come here at once: the first one's key is the key. */
async function makeKey(path: string): Promise<string> {
  try {
    await writeWhole(path, Buffer.from(`${randomBytes(32).toString('hex')}\n`), { replace: false });
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
  return readFile(path, 'utf8');
}

function parseKey(text: string, path: string): Uint8Array {
  const digits = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(digits)) throw new Fault('store.bad_key', { path });
  return Buffer.from(digits, 'hex');
}
