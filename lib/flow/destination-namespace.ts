/**
 * `CreateNamespace=true`: the Namespace of the destination, where it is missing or has not what `managedNamespaceMetadata` says.
 * It is not tracked: never healed, never pruned, and whoever has it in Git decides what stands in it.
 */
import type { Application } from '../core/application/application.ts';
import { diffObjects } from '../core/event/diff-objects.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { keyOf } from '../core/object/object-key.ts';
import { namespaceManager } from '../core/object/tracking.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import { readObjectOptions } from '../core/options/read-object-options.ts';
import type { Desired } from '../core/plan/desired.ts';
import { applicationLabelValue, trackedBy } from '../core/plan/mark.ts';
import type { Applying } from '../core/plan/plan.ts';
import type { Ports } from '../ports/ports.ts';
import { locateFault } from './locate-fault.ts';
import { refOf } from './ref-of.ts';
import type { Planning } from './rehearse-plan.ts';

/** Empty: it is as it ought to be, or somebody else's business. */
export async function destinationNamespace(planning: Planning, ports: Ports): Promise<Desired[]> {
  const { application, desired } = planning;
  const { destination, syncPolicy } = application;
  const name = destination.namespace;
  if (name === '' || !readApplicationOptions(syncPolicy.syncOptions).createNamespace) return [];
  if (desired.some(({ key }) => key.kind === 'Namespace' && key.name === name)) return [];
  if (!desired.some(({ key }) => key.namespace === name)) return [];
  const wanted = namespaceOf(application);
  const live = await ports.cluster(planning.cluster).read(refOf(wanted));
  if (live === null) return [wanted];
  const isOthers = trackedBy(live) !== null || live.metadata.deletionTimestamp !== undefined;
  if (isOthers || syncPolicy.managedNamespaceMetadata === undefined) return [];
  const becomes = await applyNamespace(wanted, { ...planning, dryRun: true }, ports);
  return diffObjects(live, becomes).length === 0 ? [] : [wanted];
}

export async function rehearseNamespace(wanted: Desired, planning: Planning, ports: Ports): Promise<Applying> {
  const { key, object, hash, origin } = wanted;
  const live = await ports.cluster(planning.cluster).read(refOf(wanted));
  const becomes = await applyNamespace(wanted, { ...planning, dryRun: true }, ports);
  const change = { key, apiVersion: object.apiVersion, desiredHash: hash, origin, drift: null, rehearsed: true };
  if (live === null) return { ...change, action: 'create', uid: null, diff: [] };
  return { ...change, action: 'update', uid: live.metadata.uid ?? null, diff: diffObjects(live, becomes) };
}

/** Under a name of its own for each Application, so that what one no longer wants goes, and what others want stays. */
export function applyNamespace(
  wanted: Desired,
  { application, cluster, dryRun }: { application: Application; cluster: string; dryRun: boolean },
  ports: Ports,
): Promise<KubernetesObject> {
  const manager = namespaceManager(applicationLabelValue(application.name));
  return locateFault(wanted, cluster, () => ports.cluster(cluster).apply(wanted.object, { dryRun, manager }));
}

export function namespaceOf({ destination, syncPolicy }: Application): Desired {
  const { labels = {}, annotations = {} } = syncPolicy.managedNamespaceMetadata ?? {};
  const metadata = { name: destination.namespace, labels, annotations };
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata };
  return {
    key: keyOf(object),
    object,
    origin: { file: 'syncPolicy', line: 0 },
    hash: '',
    options: readObjectOptions(object, readApplicationOptions([])),
    tracking: null,
    served: true,
  };
}

/** True for what `namespaceOf` made: it stays out of the record. */
export function isUntracked({ hash }: { hash: string }): boolean {
  return hash === '';
}
