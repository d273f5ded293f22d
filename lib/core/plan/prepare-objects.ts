/** Turns manifests into what is sent to the cluster: namespace filled in, our marks put on, hooks left out, repeats reported. */
import { Fault } from '../fault/fault.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Manifest } from '../object/manifest.ts';
import { formatKey, keyOf } from '../object/object-key.ts';
import { applicationLabel, installationLabel, trackingAnnotation } from '../object/tracking.ts';
import { foldStringData } from '../record/seal-secrets.ts';
import type { Desired } from './desired.ts';
import { hashObject } from './hash-object.ts';
import { applicationLabelValue, trackingId } from './mark.ts';

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
};

/**
 * Faults: application.no_namespace; cluster.unknown_kind for a kind that neither the cluster nor a CustomResourceDefinition among the manifests
 * knows. Of an object that stands twice the last one counts, with a warning, as in Argo CD.
 */
export function prepareObjects(
  manifests: readonly Manifest[],
  options: PrepareOptions,
): { desired: Desired[]; warnings: string[]; faults: Fault[] } {
  const scopes = new Map([...options.scopes, ...definedKinds(manifests)]);
  const desired = new Map<string, Desired>();
  const warnings: string[] = [];
  const faults: Fault[] = [];
  for (const { object, origin } of manifests) {
    const kindKey = `${object.apiVersion}/${object.kind}`;
    const namespaced = scopes.get(kindKey);
    if (namespaced === undefined) {
      const { apiVersion, kind } = object;
      faults.push(new Fault('cluster.unknown_kind', { ...origin, kind, apiVersion, cluster: options.cluster }));
      continue;
    }
    const hook = hookOf(object);
    if (hook !== null) {
      warnings.push(`${origin.file}: ${object.kind} ${object.metadata.name} is a ${hook} hook and was left out`);
      continue;
    }
    if (namespaced && !object.metadata.namespace && options.namespace === '') {
      const { application } = options;
      faults.push(
        new Fault('application.no_namespace', {
          ...origin,
          application,
          kind: object.kind,
          name: object.metadata.name,
        }),
      );
      continue;
    }
    const marked = mark(place(clean(object), namespaced, options.namespace), options);
    const key = keyOf(marked);
    const name = formatKey(key);
    const earlier = desired.get(name);
    if (earlier !== undefined) {
      warnings.push(
        `${name} stands twice: ${earlier.origin.file}:${earlier.origin.line} gives way to ${origin.file}:${origin.line}`,
      );
    }
    const hash = hashObject(marked, options.hashKey);
    desired.set(name, { key, object: marked, origin, hash, served: options.scopes.has(kindKey) });
  }
  return { desired: [...desired.values()], warnings, faults };
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

/** What only a server writes has no place in a manifest; tools that dump live objects leave it in. */
function clean(object: KubernetesObject): KubernetesObject {
  const { status: _status, ...rest } = foldStringData(structuredClone(object));
  const { creationTimestamp, managedFields, uid, resourceVersion, generation, ...metadata } = rest.metadata;
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata };
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

const hookAnnotations = ['argocd.argoproj.io/hook', 'helm.sh/hook'];

/** `crd-install` is an ordinary object, as in Argo CD. */
function hookOf(object: KubernetesObject): string | null {
  for (const name of hookAnnotations) {
    const value = object.metadata.annotations?.[name];
    if (value !== undefined && value !== '' && value !== 'crd-install') return value;
  }
  return null;
}
