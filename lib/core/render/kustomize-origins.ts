/** Says where in Git each object that Kustomize printed comes from, and takes the mark of that away again. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Manifest, Origin } from '../object/manifest.ts';
import { decodeText } from '../yaml/decode-text.ts';
import { readManifests } from './parse-manifests.ts';
import type { Kustomization } from './read-kustomization.ts';
import { resolvePath } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

const originAnnotation = 'config.kubernetes.io/origin';

type Where = { files: PlainFiles; folder: string; kustomization: Kustomization };

/** The annotation stays where the kustomization itself asks for it. */
export function kustomizeOrigins(printed: readonly Manifest[], where: Where): Manifest[] {
  const read = new Map<string, Manifest[]>();
  const manifestsIn = (file: string): Manifest[] => {
    const found =
      read.get(file) ??
      readManifests(decodeText(where.files.get(file)?.bytes ?? new Uint8Array()) ?? '', file).manifests;
    read.set(file, found);
    return found;
  };
  const asked = where.kustomization.value.buildMetadata;
  const keeps = Array.isArray(asked) && asked.includes('originAnnotations');
  return printed.map(({ object }) => ({
    object: keeps ? object : withoutOrigin(object),
    origin: originOf(object, where, manifestsIn),
  }));
}

/** `path:` names the file of a resource, `configuredIn:` that of a generator, both relative to the kustomization built. */
function originOf(object: KubernetesObject, where: Where, manifestsIn: (file: string) => Manifest[]): Origin {
  const mark = object.metadata.annotations?.[originAnnotation] ?? '';
  const written = /^(?:path|configuredIn): (.+)$/m.exec(mark)?.[1];
  const file = written === undefined ? null : resolvePath(where.folder, written);
  if (file === null || !where.files.has(file)) return { file: where.kustomization.file, line: 0 };
  const alike = manifestsIn(file).filter((manifest) => becomes(manifest.object, object));
  const same = alike.filter((manifest) => manifest.object.metadata.name === object.metadata.name);
  const [only, second] = same.length > 0 ? same : alike;
  return only !== undefined && second === undefined ? only.origin : { file, line: 0 };
}

/** Kustomize keeps the kind and only adds to the name, before or after. */
function becomes(written: KubernetesObject, printed: KubernetesObject): boolean {
  return written.kind === printed.kind && printed.metadata.name.includes(written.metadata.name);
}

function withoutOrigin(object: KubernetesObject): KubernetesObject {
  const { [originAnnotation]: _, ...annotations } = object.metadata.annotations ?? {};
  const { annotations: __, ...metadata } = object.metadata;
  return { ...object, metadata: Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata };
}
