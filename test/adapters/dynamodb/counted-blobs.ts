/** Blobs in memory that can be asked which there are. */
import { memoryBlobs } from '../../../lib/adapters/memory/blobs.ts';
import type { Blobs } from '../../../lib/ports/blobs.ts';

export type CountedBlobs = Blobs & { keys(): string[] };

export function countedBlobs(): CountedBlobs {
  const blobs = memoryBlobs();
  const known = new Set<string>();
  return {
    async put(key, bytes) {
      known.add(key);
      await blobs.put(key, bytes);
    },
    get: blobs.get,
    async remove(key) {
      known.delete(key);
      await blobs.remove(key);
    },
    keys: () => [...known],
  };
}
