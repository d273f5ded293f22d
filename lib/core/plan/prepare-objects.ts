/** Turns manifests into what is sent to the cluster: namespace filled in, our marks put on, hooks told from the rest, repeats reported. */
import { Fault } from '../fault/fault.ts';
import type { DesiredHook, Hook } from '../hook/hook.ts';
import { readHook } from '../hook/read-hook.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Manifest, Origin } from '../object/manifest.ts';
import { formatKey, keyOf } from '../object/object-key.ts';
import { applicationLabel, hookLabel, installationLabel, trackingAnnotation } from '../object/tracking.ts';
import type { ApplicationOptions } from '../options/application-options.ts';
import { checkObjectAnnotations } from '../options/check-object-annotations.ts';
import { readObjectOptions } from '../options/read-object-options.ts';
import { readTracking, type TrackingMode, trackingModeAnnotation } from '../options/tracking-mode.ts';
import { foldStringData } from '../record/seal-secrets.ts';
import type { Desired } from './desired.ts';
import { hashObject } from './hash-object.ts';
import { applicationLabelValue, trackingId } from './mark.ts';
import { unmark } from './unmark.ts';

export type PrepareOptions = {
  application: string;
  installation: string;
  /** Goes into namespaced objects that name none. */
  namespace: string;
  cluster: string;
  /** `apiVersion/kind` → is it namespaced. */
  scopes: ReadonlyMap<string, boolean>;
  /** Key of the HMACs that stand for secret values in hashes. */
  hashKey: Uint8Array;
  options: ApplicationOptions;
  /** What the Application asks for all of its objects; null: nothing. */
  tracking: TrackingMode | null;
  /** Tells Helm's install hooks from its upgrade hooks. */
  everDeployed: boolean;
};

export type Prepared = { desired: Desired[]; hooks: DesiredHook[]; warnings: string[]; faults: Fault[] };

/**
 * Faults: application.no_namespace; object.unknown_annotation; cluster.unknown_kind for a kind that neither the cluster nor a
 * CustomResourceDefinition among the manifests knows. Of an object that stands twice the last one counts, with a warning, as in Argo CD.
 */
export function prepareObjects(manifests: readonly Manifest[], options: PrepareOptions): Prepared {
  // What the cluster serves wins: a definition in Git does not make a cluster-scoped kind a namespaced one.
  const scopes = new Map([...definedKinds(manifests), ...options.scopes]);
  const desired = new Map<string, Desired>();
  const hooks: DesiredHook[] = [];
  const warnings: string[] = [];
  const faults: Fault[] = [];
  for (const manifest of manifests) {
    const { object, origin } = manifest;
    const annotations = checkObjectAnnotations(manifest);
    warnings.push(...annotations.warnings);
    faults.push(...annotations.faults);
    const hook = readHook(object, options);
    if (hook !== null) warnings.push(...hook.unknown.map((text) => `${origin.file}:${origin.line}: ${text}`));
    if (hook !== null && hook.phases.length === 0) continue;
    const placed = placeOf(manifest, scopes, options);
    if (placed instanceof Fault) {
      faults.push(placed);
      continue;
    }
    if (hook !== null) {
      hooks.push({ ...describe(markHook(placed, options), origin, options), hook: hookOf(hook) });
      continue;
    }
    const tracking = readTracking(object.metadata.annotations) ?? options.tracking;
    const tracked = tracking === 'inventory' ? unmark(placed) : mark(placed, options);
    const item = { ...describe(tracked, origin, options), tracking };
    const name = formatKey(item.key);
    const earlier = desired.get(name);
    if (earlier !== undefined) {
      warnings.push(
        `${name} stands twice: ${earlier.origin.file}:${earlier.origin.line} gives way to ${origin.file}:${origin.line}`,
      );
    }
    desired.set(name, item);
  }
  return { desired: [...desired.values()], hooks, warnings, faults };
}

function describe(object: KubernetesObject, origin: Origin, { hashKey, options, scopes }: PrepareOptions): Desired {
  return {
    key: keyOf(object),
    object,
    origin,
    hash: hashObject(object, hashKey),
    options: readObjectOptions(object, options),
    tracking: null,
    served: scopes.has(`${object.apiVersion}/${object.kind}`),
  };
}

function hookOf({ phases, deletePolicies }: Hook): Hook {
  return { phases, deletePolicies };
}

/**
 * With its namespace. A kind that nobody knows yet and that may come later (SkipDryRunOnMissingResource) counts as namespaced; once
 * it is known, the object is prepared anew.
 */
function placeOf(
  { object, origin }: Manifest,
  scopes: ReadonlyMap<string, boolean>,
  { application, cluster, namespace, options }: PrepareOptions,
): KubernetesObject | Fault {
  const { apiVersion, kind, metadata } = object;
  const isAwaited = readObjectOptions(object, options).skipDryRunOnMissingResource;
  const namespaced =
    scopes.get(`${apiVersion}/${kind}`) ?? (isAwaited ? namespace !== '' || !!metadata.namespace : undefined);
  if (namespaced === undefined) return new Fault('cluster.unknown_kind', { ...origin, kind, apiVersion, cluster });
  if (namespaced && !metadata.namespace && namespace === '')
    return new Fault('application.no_namespace', { ...origin, application, kind, name: metadata.name });
  return place(clean(object), namespaced, namespace);
}

function definedKinds(manifests: readonly Manifest[]): Map<string, boolean> {
  const kinds = new Map<string, boolean>();
  for (const { object } of manifests) {
    if (object.kind !== 'CustomResourceDefinition') continue;
    const spec = object.spec as CustomResourceDefinitionSpec | undefined;
    for (const version of spec?.versions ?? []) {
      kinds.set(`${spec?.group}/${version.name}/${spec?.names?.kind}`, spec?.scope !== 'Cluster');
    }
  }
  return kinds;
}

type CustomResourceDefinitionSpec = {
  group?: string;
  scope?: string;
  names?: { kind?: string };
  versions?: { name: string }[];
};

/** What only a server writes has no place in a manifest; tools that dump live objects leave it in. What only we read is not sent. */
function clean(object: KubernetesObject): KubernetesObject {
  const { status: _status, ...rest } = foldStringData(structuredClone(object));
  const { creationTimestamp, managedFields, uid, resourceVersion, generation, ...metadata } = rest.metadata;
  const { [trackingModeAnnotation]: _mode, ...annotations } = metadata.annotations ?? {};
  const said = metadata.annotations?.[trackingModeAnnotation] === undefined ? metadata : { ...metadata, annotations };
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: said };
}

/** A template without a value writes `namespace: ""`; kubectl takes that for none, too. */
function place(object: KubernetesObject, namespaced: boolean, namespace: string): KubernetesObject {
  const { namespace: own, ...metadata } = object.metadata;
  return { ...object, metadata: namespaced ? { ...metadata, namespace: own || namespace } : metadata };
}

function mark(object: KubernetesObject, { application, installation }: PrepareOptions): KubernetesObject {
  const metadata = object.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: {
        ...metadata.labels,
        [applicationLabel]: applicationLabelValue(application),
        [installationLabel]: installation,
      },
      annotations: { ...metadata.annotations, [trackingAnnotation]: trackingId(application, keyOf(object)) },
    },
  };
}

/** No tracking id: a hook is nobody's to prune or to heal. */
function markHook(object: KubernetesObject, { application, installation }: PrepareOptions): KubernetesObject {
  const { labels, ...metadata } = object.metadata;
  const marks = { [hookLabel]: applicationLabelValue(application), [installationLabel]: installation };
  return { ...object, metadata: { ...metadata, labels: { ...labels, ...marks } } };
}
