/** Keeps a watch open on every kind in use, where a process may live that long: a change wakes a sweep within milliseconds. */
import type { ServedKind } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';
import { nameOf, selectorOf } from './look-at-kinds.ts';
import { kindsOf } from './recorded-in.ts';

/** Several events of one hand edit make one sweep. */
const gatherMs = 50;
const reopenMs = 1_000;
/** How often new kinds are looked for. */
const refreshMs = 2_000;

/** Returns when `signal` aborts. The watches only wake: what is drift is found by `sweepCluster`, from its own positions. */
export async function watchCluster(cluster: string, ports: Ports, signal: AbortSignal): Promise<void> {
  const open = new Map<string, Promise<void>>();
  let gathering: NodeJS.Timeout | null = null;
  const wake = () => {
    gathering ??= setTimeout(() => {
      gathering = null;
      ports.queue
        .send({ about: 'cluster', name: cluster, why: 'watch' })
        .catch((error: unknown) => ports.log.error('watch.wake_failed', { cluster }, error));
    }, gatherMs);
  };
  while (!signal.aborted) {
    for (const { kind, selector } of await watched(cluster, ports)) {
      const name = `${nameOf(kind)} ${selector.labelSelector ?? ''}`;
      if (!open.has(name))
        open.set(
          name,
          watchKind({ kind, selector, cluster }, ports, wake, signal).finally(() => open.delete(name)),
        );
    }
    await pause(refreshMs, signal);
  }
  if (gathering !== null) clearTimeout(gathering);
  await Promise.all(open.values());
}

/** Nothing to watch while the cluster does not answer; the next round asks again. */
async function watched(cluster: string, ports: Ports): Promise<Omit<Watched, 'cluster'>[]> {
  const entries = (await ports.applications.list()).filter((entry) => entry.cluster === cluster);
  const { kinds, unmarkedKinds } = kindsOf(entries);
  if (kinds.length === 0) return [];
  try {
    const served = (await ports.cluster(cluster).facts()).kinds.filter((kind) => kinds.includes(nameOf(kind)));
    return served.map((kind) => ({ kind, selector: selectorOf(kind, unmarkedKinds, ports) }));
  } catch (error) {
    ports.log.warn('watch.cluster_unreachable', { cluster, because: String(error) });
    return [];
  }
}

type Watched = { kind: ServedKind; selector: { labelSelector?: string }; cluster: string };

async function watchKind(
  { kind, selector, cluster }: Watched,
  ports: Ports,
  wake: () => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const position = (await ports.positions.of(cluster))[nameOf(kind)];
    if (position !== undefined) {
      const options = { from: position.resourceVersion, ...selector, forSeconds: 300, signal };
      for await (const change of ports.cluster(cluster).changes(kind, options)) if (change.type !== 'BOOKMARK') wake();
    } else wake();
  } catch (error) {
    ports.log.warn('watch.ended', { cluster, kind: nameOf(kind), because: String(error) });
  }
  await pause(reopenMs, signal);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
