/** What happened to the objects of each kind since the last sweep: one watch per kind, resumed where that one ended. */
import { collectFaults, faultsOf } from '../core/fault/collect-faults.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { applicationLabel, installationLabel } from '../core/object/tracking.ts';
import type { ClusterFacts, ServedKind } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';
import type { Position } from '../ports/positions.ts';
import { settleInParallel } from './in-parallel.ts';

/** A watch that brings nothing for this long has caught up; measured: events come within 20 ms of connecting. */
const quietMs = 100;
/** A full LIST proves the cheap path right. */
const listEveryMs = 3_600_000;

/** What one kind had to show. `listed`: these are all there are, so what is not among them is gone. */
export type Look = {
  /** `apiVersion/kind` */
  kind: string;
  objects: { object: KubernetesObject; gone: boolean }[];
  listed: boolean;
  position: Position | null;
};

/**
 * `kinds`: as `apiVersion/kind`; of the `unmarkedKinds` among them everything is looked at, ours or not. Changes nothing: the
 * caller remembers the positions once it has dealt with what was seen.
 */
export async function lookAtKinds(
  kinds: readonly string[],
  { cluster, positions, unmarkedKinds }: Looking,
  ports: Ports,
): Promise<Look[]> {
  const { watched, unserved } = await servedKinds(kinds, cluster, ports);
  const results = await settleInParallel(
    watched,
    (kind) =>
      lookIfServed(
        kind,
        positions[nameOf(kind)] ?? null,
        { cluster, selector: selectorOf(kind, unmarkedKinds, ports) },
        ports,
      ),
    8,
  );
  return [...unserved.map(nothingLeft), ...successful(results, watched, cluster, ports)];
}

type Looking = { cluster: string; positions: Readonly<Record<string, Position>>; unmarkedKinds: readonly string[] };

/** `selector`: what the objects are found by. */
type Where = { cluster: string; selector: { labelSelector?: string } };

async function servedKinds(
  inUse: readonly string[],
  cluster: string,
  ports: Ports,
): Promise<{ watched: ServedKind[]; unserved: string[] }> {
  const pick = ({ kinds }: ClusterFacts) => {
    const watched = kinds.filter((kind) => inUse.includes(nameOf(kind)));
    const served = new Set(watched.map(nameOf));
    return { watched, unserved: inUse.filter((name) => !served.has(name)) };
  };
  const remembered = pick(await ports.cluster(cluster).facts());
  return remembered.unserved.length === 0 ? remembered : pick(await ports.cluster(cluster).facts({ fresh: true }));
}

/** A kind whose definition is gone: so are its objects. */
function nothingLeft(kind: string): Look {
  return { kind, objects: [], listed: true, position: null };
}

/** One kind that cannot be looked at does not keep the others from it; when none can, the cluster is the trouble. */
function successful(
  results: readonly PromiseSettledResult<Look>[],
  watched: readonly ServedKind[],
  cluster: string,
  ports: Ports,
): Look[] {
  const faults = faultsOf(results);
  if (faults.length > 0 && faults.length === watched.length) throw collectFaults(faults);
  for (const fault of faults) ports.log.warn('cluster.kind_not_swept', { cluster, ...fault.report() });
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/** What discovery remembers may be older than the end of a definition. */
async function lookIfServed(kind: ServedKind, from: Position | null, where: Where, ports: Ports): Promise<Look> {
  try {
    return await lookAtKind(kind, from, where, ports);
  } catch (error) {
    if (error instanceof Fault && error.code === 'cluster.kind_gone') return nothingLeft(nameOf(kind));
    throw error;
  }
}

async function lookAtKind(kind: ServedKind, from: Position | null, where: Where, ports: Ports): Promise<Look> {
  const { cluster, selector } = where;
  if (from === null || ports.now() - from.listedAt > listEveryMs) return listKind(kind, where, ports);
  const objects: Look['objects'] = [];
  let resourceVersion = from.resourceVersion;
  for await (const change of ports.cluster(cluster).changes(kind, { from: resourceVersion, ...selector, quietMs })) {
    if (change.type === 'EXPIRED') return listKind(kind, where, ports);
    resourceVersion = change.position;
    if (change.type !== 'BOOKMARK') objects.push({ object: change.object, gone: change.type === 'DELETED' });
  }
  return { kind: nameOf(kind), objects, listed: false, position: { resourceVersion, listedAt: from.listedAt } };
}

async function listKind(kind: ServedKind, { cluster, selector }: Where, ports: Ports): Promise<Look> {
  const { position, items } = await ports.cluster(cluster).list(kind, selector);
  const objects: Look['objects'] = [];
  for await (const object of items) objects.push({ object, gone: false });
  return { kind: nameOf(kind), objects, listed: true, position: { resourceVersion: position, listedAt: ports.now() } };
}

/** What another installation owns is none of our business. Where ours carry no mark, they are among all there are of the kind. */
export function selectorOf(
  kind: ServedKind,
  unmarkedKinds: readonly string[],
  { installation }: Pick<Ports, 'installation'>,
): { labelSelector?: string } {
  if (unmarkedKinds.includes(nameOf(kind))) return {};
  return { labelSelector: `${applicationLabel},${installationLabel}=${installation}` };
}

export function nameOf({ apiVersion, kind }: ServedKind): string {
  return `${apiVersion}/${kind}`;
}
