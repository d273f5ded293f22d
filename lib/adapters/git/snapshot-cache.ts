/** Keeps the commits fetched last, up to a number of bytes, and makes callers who want the same one wait for one fetch. */
import type { Snapshot } from './snapshot.ts';

export type SnapshotCache = {
  /** `withFiles`: one without files will not do. */
  get(key: string, options: { withFiles: boolean }, fetch: () => Promise<Snapshot>): Promise<Snapshot>;
};

export function snapshotCache({ maxBytes }: { maxBytes: number }): SnapshotCache {
  const kept = new Map<string, Snapshot>();
  const running = new Map<string, Promise<Snapshot>>();
  const keep = (key: string, snapshot: Snapshot) => {
    kept.delete(key);
    kept.set(key, snapshot);
    let sizeBytes = kept.values().reduce((sum, each) => sum + each.sizeBytes, 0);
    for (const [oldest, { sizeBytes: freed }] of kept) {
      if (sizeBytes <= maxBytes) break;
      kept.delete(oldest);
      sizeBytes -= freed;
    }
  };
  return {
    async get(key, { withFiles }, fetch) {
      const found = kept.get(key);
      if (found !== undefined && (found.hasFiles || !withFiles)) {
        keep(key, found);
        return found;
      }
      const name = `${withFiles} ${key}`;
      const fetching = running.get(name) ?? fetch().finally(() => running.delete(name));
      running.set(name, fetching);
      const snapshot = await fetching;
      keep(key, snapshot);
      return snapshot;
    },
  };
}
