/**
 * One look for drift over one cluster, for all Applications at once: a watch per kind in use, resumed from where the last
 * sweep ended, so that it costs what changed and not what exists. What looks different becomes a suspect of its Application.
 */

import { findDrift } from '../core/drift/find-drift.ts';
import { defaultHandTools } from '../core/drift/hand-tools.ts';
import { driftRules } from '../core/drift/ignored-paths.ts';
import { collectFaults, faultsOf } from '../core/fault/collect-faults.ts';
import { Fault } from '../core/fault/fault.ts';
import { assessHealth } from '../core/health/assess-health.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import { applicationLabel, installationLabel } from '../core/object/tracking.ts';
import type { RecordedObject } from '../core/record/record.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Entry } from '../ports/applications.ts';
import type { ClusterFacts, ServedKind } from '../ports/cluster.ts';
import type { Ports } from '../ports/ports.ts';
import type { Position } from '../ports/positions.ts';
import { settleInParallel } from './in-parallel.ts';
import { loadRecord } from './stored-json.ts';

export type Sweep = { kinds: number; events: number; suspects: number; listed: number };

/** A watch that brings nothing for this long has caught up; measured: events come within 20 ms of connecting. */
const quietMs = 100;
/** A full LIST proves the cheap path right. */
const listEveryMs = 3_600_000;

export async function sweepCluster(cluster: string, ports: Ports): Promise<Sweep> {
  const entries = (await ports.applications.list()).filter(
    (entry) => entry.cluster === cluster && entry.state.record !== null,
  );
  const inUse = new Set(entries.flatMap(({ state }) => state.kinds));
  if (inUse.size === 0) return { kinds: 0, events: 0, suspects: 0, listed: 0 };
  const positions = await ports.positions.of(cluster);
  const { watched, unserved } = await servedKinds([...inUse], cluster, ports);
  const results = await settleInParallel(
    watched,
    (kind) => lookIfServed(kind, positions[nameOf(kind)] ?? null, cluster, ports),
    8,
  );
  const looks = [...unserved.map(nothingLeft), ...successful(results, watched, cluster, ports)];
  const known = new Map<string, Known>();
  // Records are read only when something happened: a quiet sweep reads none.
  if (looks.some(({ objects, listed }) => objects.length > 0 || listed)) await indexRecords(entries, known, ports);
  const suspects = findSuspects(looks, known, ports);
  for (const [application, names] of suspects) {
    await ports.wakes.suspect(application, [...names], ports.now());
    await ports.queue.send({ about: 'application', name: application, why: 'drift' });
  }
  // Only now: what was seen is written down, so a sweep that dies before this sees it again.
  for (const { kind, position } of looks) await ports.positions.put(cluster, kind, position);
  return {
    kinds: looks.length,
    events: looks.reduce((sum, { objects }) => sum + objects.length, 0),
    suspects: [...suspects.values()].reduce((sum, names) => sum + names.size, 0),
    listed: looks.filter(({ listed }) => listed).length,
  };
}

/** What one kind had to show. `listed`: these are all there are, so what is not among them is gone. */
type Look = {
  /** `apiVersion/kind` */
  kind: string;
  objects: { object: KubernetesObject; gone: boolean }[];
  listed: boolean;
  position: Position | null;
};

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
async function lookIfServed(kind: ServedKind, from: Position | null, cluster: string, ports: Ports): Promise<Look> {
  try {
    return await lookAtKind(kind, from, cluster, ports);
  } catch (error) {
    if (error instanceof Fault && error.code === 'cluster.kind_gone') return nothingLeft(nameOf(kind));
    throw error;
  }
}

async function lookAtKind(kind: ServedKind, from: Position | null, cluster: string, ports: Ports): Promise<Look> {
  const labelSelector = ownLabels(ports);
  if (from === null || ports.now() - from.listedAt > listEveryMs) return listKind(kind, cluster, ports);
  const objects: Look['objects'] = [];
  let resourceVersion = from.resourceVersion;
  for await (const change of ports.cluster(cluster).changes(kind, { from: resourceVersion, labelSelector, quietMs })) {
    if (change.type === 'EXPIRED') return listKind(kind, cluster, ports);
    resourceVersion = change.position;
    if (change.type !== 'BOOKMARK') objects.push({ object: change.object, gone: change.type === 'DELETED' });
  }
  return { kind: nameOf(kind), objects, listed: false, position: { resourceVersion, listedAt: from.listedAt } };
}

async function listKind(kind: ServedKind, cluster: string, ports: Ports): Promise<Look> {
  const { position, items } = await ports.cluster(cluster).list(kind, { labelSelector: ownLabels(ports) });
  const objects: Look['objects'] = [];
  for await (const object of items) objects.push({ object, gone: false });
  return { kind: nameOf(kind), objects, listed: true, position: { resourceVersion: position, listedAt: ports.now() } };
}

/** What another installation owns is none of our business. */
export function ownLabels({ installation }: Pick<Ports, 'installation'>): string {
  return `${applicationLabel},${installationLabel}=${installation}`;
}

export function nameOf({ apiVersion, kind }: ServedKind): string {
  return `${apiVersion}/${kind}`;
}

type Known = { entry: Entry; recorded: RecordedObject };

async function indexRecords(entries: readonly Entry[], known: Map<string, Known>, ports: Ports): Promise<void> {
  for (const entry of entries) {
    const { objects } = await loadRecord(entry.state.record, ports);
    for (const [name, recorded] of Object.entries(objects)) known.set(name, { entry, recorded });
  }
}

function findSuspects(
  looks: readonly Look[],
  known: ReadonlyMap<string, Known>,
  ports: Ports,
): Map<string, Set<string>> {
  const suspects = new Map<string, Set<string>>();
  const suspect = ({ entry }: Known, name: string) => {
    const { name: application } = entry.application;
    suspects.set(application, (suspects.get(application) ?? new Set()).add(name));
  };
  for (const { kind, objects, listed } of looks) {
    const seen = new Set<string>();
    for (const { object, gone } of objects) {
      const name = formatKey(keyOf(object));
      seen.add(name);
      const ours = known.get(name);
      if (ours !== undefined && (gone || looksDifferent(ours, object, ports))) suspect(ours, name);
    }
    if (!listed) continue;
    for (const [name, ours] of known) {
      if (kind === `${ours.recorded.apiVersion}/${ours.recorded.key.kind}` && !seen.has(name)) suspect(ours, name);
    }
  }
  return suspects;
}

/** Drift, or another health than we remember: both are worth a closer look. */
function looksDifferent({ entry, recorded }: Known, live: KubernetesObject, ports: Ports): boolean {
  const { applied } = recorded;
  if (applied === null) return false;
  if (applied.resourceVersion === live.metadata.resourceVersion) return false;
  if (assessHealth(live)?.status !== applied.health?.status) return true;
  const rules = driftRules(entry.application, recorded.key, defaultHandTools);
  return findDrift(applied, sealSecret(live, ports.installationKey), rules).verdict !== 'clean';
}
