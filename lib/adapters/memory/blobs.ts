/** Blobs in memory, for unit tests. */
import type { Blobs } from '../../ports/blobs.ts';

export function memoryBlobs(): Blobs {
  const blobs = new Map<string, Uint8Array>();

  return {
    async put(key, bytes) {
      blobs.set(key, Uint8Array.from(bytes));
    },
    async get(key) {
      const bytes = blobs.get(key);
      return bytes === undefined ? null : Uint8Array.from(bytes);
    },
    async remove(key) {
      blobs.delete(key);
    },
  };
}
