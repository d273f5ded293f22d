/** What changed in a cluster in memory, in order: what a watch that is resumed anywhere brings. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import type { Change, Cluster } from '../../../lib/ports/cluster.ts';

type Entry = { version: number; before: KubernetesObject | null; after: KubernetesObject | null };
type Watch = Parameters<Cluster['changes']>[1];

export type WatchLog = {
  note(entry: Entry): void;
  /** `waits`: false, a watch ends once it is caught up, instead of after its quiet moment. */
  read(kind: string, watch: Watch, options: { version: number; waits: boolean }): AsyncIterable<Change>;
};

export function watchLog(): WatchLog {
  const entries: Entry[] = [];
  // A timer may end a moment early.
  const wait = (ms: number, signal?: AbortSignal) => sleep(ms + 1, null, { signal }).catch(() => undefined);
  return {
    note(entry) {
      entries.push(structuredClone(entry));
    },
    async *read(kind, watch, { version, waits }) {
      for (const entry of entries.filter((one) => one.version > Number(watch.from))) {
        const change = seen(entry, kind, watch);
        if (change !== null) yield change;
      }
      const { quietMs, forSeconds, signal } = watch;
      if (waits) await wait(quietMs ?? (forSeconds ?? 300) * 1_000, signal);
      if (forSeconds !== undefined) yield { type: 'BOOKMARK', position: String(version) };
    },
  };
}

/** To whoever watches by a label, an object that loses it is gone. */
function seen({ version, before, after }: Entry, kind: string, watch: Watch): Change | null {
  const isWatched = (object: KubernetesObject | null) => object?.kind === kind && isSelected(object, watch);
  const position = String(version);
  if (after !== null && isWatched(after))
    return { type: isWatched(before) ? 'MODIFIED' : 'ADDED', object: structuredClone(after), position };
  const gone = after ?? before;
  return gone !== null && isWatched(before) ? { type: 'DELETED', object: structuredClone(gone), position } : null;
}

export function isSelected(
  { metadata: { labels = {}, namespace: at } }: KubernetesObject,
  { labelSelector = '', namespace }: Pick<Watch, 'labelSelector' | 'namespace'>,
): boolean {
  if (namespace !== undefined && at !== namespace) return false;
  const wanted = labelSelector.split(',').filter((part) => part !== '');
  return wanted.every((part) => {
    const [name = '', value] = part.split('=');
    return value === undefined ? name in labels : labels[name] === value;
  });
}
