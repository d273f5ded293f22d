/** Asks the cluster whether an autoscaler sets the replicas of an object. Asked only where they are not what Git wants. */
import { autoscalerKinds, scales } from '../core/drift/scale-target.ts';
import { Fault } from '../core/fault/fault.ts';
import { groupOf, type ObjectKey } from '../core/object/object-key.ts';
import type { ServedKind } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';

export async function isAutoscaled(
  key: ObjectKey,
  { cluster }: { cluster: string },
  ports: Pick<Ports, 'cluster' | 'log'>,
): Promise<boolean> {
  const { kinds } = await ports.cluster(cluster).facts();
  for (const kind of listable(kinds)) {
    if (await hasScaler(kind, key, cluster, ports)) return true;
  }
  return false;
}

/** One version of each. */
function listable(kinds: readonly ServedKind[]): ServedKind[] {
  return autoscalerKinds.flatMap(({ group, kind: wanted }) =>
    kinds
      .filter(
        ({ apiVersion, kind, verbs }) => groupOf(apiVersion) === group && kind === wanted && verbs.includes('list'),
      )
      .slice(0, 1),
  );
}

async function hasScaler(
  kind: ServedKind,
  key: ObjectKey,
  cluster: string,
  ports: Pick<Ports, 'cluster' | 'log'>,
): Promise<boolean> {
  try {
    const { items } = await ports.cluster(cluster).list(kind, { namespace: key.namespace });
    for await (const autoscaler of items) if (scales(autoscaler, key)) return true;
  } catch (error) {
    const isForbidden = error instanceof Fault && error.code === 'cluster.forbidden';
    if (!isForbidden) throw error;
    ports.log.warn('cluster.kind_not_listed', { cluster, ...error.report() });
  }
  return false;
}
