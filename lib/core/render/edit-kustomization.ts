/** Writes an Application's `kustomize` block into a kustomization, as Argo CD does with `kustomize edit`. */
import type { KustomizeSource } from '../application/application.ts';
import { Fault } from '../fault/fault.ts';
import type { Kustomization } from './read-kustomization.ts';

type Fields = Record<string, unknown>;
type Image = { name: string; newName?: string; newTag?: string; digest?: string };

/** The new content of the file; also asks Kustomize to say where each object comes from. Fault render.failed. */
export function editKustomization(kustomization: Kustomization, edits: KustomizeSource): Fields {
  const { value } = kustomization;
  const { namePrefix, nameSuffix, namespace, images, replicas } = edits;
  return {
    ...value,
    ...(namePrefix !== undefined && { namePrefix }),
    ...(nameSuffix !== undefined && { nameSuffix }),
    ...(images !== undefined && { images: setImages(value.images, images.map(parseImage)) }),
    ...(replicas !== undefined && { replicas: setByName(value.replicas, replicas) }),
    ...addEntries(kustomization, 'commonLabels', edits.commonLabels),
    ...addEntries(kustomization, 'commonAnnotations', edits.commonAnnotations),
    ...(namespace !== undefined && { namespace }),
    buildMetadata: [...new Set([...list(value.buildMetadata), 'originAnnotations'])],
  };
}

/** `name=newName:newTag`, `name=newName@digest`, `name=newName`, `name:newTag`, `name@digest`. */
function parseImage(text: string): Image {
  const equals = text.indexOf('=');
  const { name, ...version } = parseVersion(text.slice(equals + 1));
  return equals < 0 ? { name, ...version } : { name: text.slice(0, equals), newName: name, ...version };
}

function parseVersion(text: string): Image {
  const [beforeDigest = '', digest] = text.split('@');
  if (digest !== undefined) return { name: beforeDigest, digest };
  const tagged = /^(.*):([\w.*-]*)$/.exec(text);
  return tagged === null ? { name: text } : { name: tagged[1] ?? '', newTag: tagged[2] ?? '' };
}

/** An image of the same name is replaced; `*` keeps what stood there. */
function setImages(current: unknown, images: readonly Image[]): Fields[] {
  const before = new Map(list(current).map((image) => [fields(image).name, fields(image)]));
  const kept = images.map((image) => {
    const there = before.get(image.name) ?? {};
    return Object.fromEntries(Object.entries(image).flatMap(([key, text]) => keepStar(key, text, there)));
  });
  return setByName(current, kept);
}

function keepStar(key: string, text: string, there: Fields): [string, unknown][] {
  if (text !== '*') return [[key, text]];
  return there[key] === undefined ? [] : [[key, there[key]]];
}

function setByName(current: unknown, entries: readonly Fields[]): Fields[] {
  const names = new Set(entries.map(({ name }) => name));
  return [
    ...list(current)
      .map(fields)
      .filter(({ name }) => !names.has(name)),
    ...entries,
  ];
}

/** `kustomize edit add` refuses a key that is there already: two places would disagree. */
function addEntries({ file, value, lineOf }: Kustomization, field: string, added?: Record<string, string>): Fields {
  if (added === undefined) return {};
  const there = fields(value[field]);
  const twice = Object.keys(added).filter((key) => key in there);
  if (twice.length > 0) {
    const line = lineOf([field, twice[0] ?? '']);
    const because = `${file}:${line}: ${field} has ${twice.join(', ')} already; the Application sets it too`;
    throw new Fault('render.failed', { tool: 'Kustomize', path: file, file, line, because });
  }
  return { [field]: { ...there, ...added } };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
