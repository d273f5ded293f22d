/** Owned fields as a flat list of paths, and back: what set arithmetic is done on. */
import type { FieldsV1 } from '../object/kubernetes-object.ts';

/** Segments as in `fieldsV1`: `['f:spec', 'f:replicas']`. */
export type FieldPath = readonly string[];

/** Every leaf, and every item or map that is owned itself (`.`). */
export function fieldPaths(fields: FieldsV1, above: FieldPath = []): FieldPath[] {
  return Object.entries(fields).flatMap(([name, below]) => {
    if (name === '.') return [above];
    const path = [...above, name];
    return Object.keys(below).length === 0 ? [path] : fieldPaths(below, path);
  });
}

/** Only the leaves: where ownership ends. */
export function leafPaths(fields: FieldsV1, above: FieldPath = []): FieldPath[] {
  const names = Object.keys(fields).filter((name) => name !== '.');
  if (names.length === 0) return '.' in fields || above.length === 0 ? [] : [above];
  return names.flatMap((name) => leafPaths(fields[name] ?? {}, [...above, name]));
}

/** The trie with these paths in it too. */
export function addPaths(fields: FieldsV1, paths: readonly FieldPath[]): FieldsV1 {
  return trieOf([...fieldPaths(fields), ...paths]);
}

/** A path that has fields below it keeps its own entry as `.`. */
function trieOf(paths: readonly FieldPath[]): FieldsV1 {
  const trie: FieldsV1 = {};
  for (const path of paths) descend(trie, path);
  for (const path of paths) {
    const node = descend(trie, path);
    if (Object.keys(node).length > 0) node['.'] = {};
  }
  return trie;
}

function descend(trie: FieldsV1, path: FieldPath): FieldsV1 {
  let node = trie;
  for (const segment of path) {
    node[segment] ??= {};
    node = node[segment];
  }
  return node;
}

/** The trie without these paths; branches that become empty go with them. */
export function removePaths(fields: FieldsV1, paths: readonly FieldPath[]): FieldsV1 {
  const drop = new Set(paths.map((path) => JSON.stringify(path)));
  const kept = fieldPaths(fields).filter((path) => !drop.has(JSON.stringify(path)));
  return trieOf(kept);
}

/** True when the trie owns this very path. */
export function ownsPath(fields: FieldsV1, path: FieldPath): boolean {
  const node = fieldsAt(fields, path);
  return node !== undefined && (Object.keys(node).length === 0 || '.' in node);
}

/** `['f:spec','k:{"name":"web"}','f:image']` → `spec[name=web].image`, as people and diffs write it. */
export function readablePath(path: FieldPath): string {
  return path
    .map((segment) => {
      const name = segment.slice(2);
      if (segment.startsWith('f:')) return /^[\w-]+$/.test(name) ? `.${name}` : `["${name}"]`;
      if (segment.startsWith('k:')) return `[${keysOf(name)}]`;
      return `[${name}]`;
    })
    .join('')
    .replace(/^\./, '');
}

function keysOf(json: string): string {
  const keys = JSON.parse(json) as Record<string, unknown>;
  return Object.entries(keys)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** The part of the trie at this path; undefined when nothing is owned there or below. */
export function fieldsAt(fields: FieldsV1, path: FieldPath): FieldsV1 | undefined {
  return path.reduce<FieldsV1 | undefined>((at, segment) => at?.[segment], fields);
}
