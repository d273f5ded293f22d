/** Lists what one kustomization file refers to, by field, without following it. */
import type { FieldPath } from '../yaml/line-of.ts';
import type { Kustomization } from './read-kustomization.ts';

/** `either`: a file or the folder of another kustomization. `plugin`: the same, holding what is not a resource but a program's settings. */
export type Reference = { at: FieldPath; target: string; kind: 'file' | 'either' | 'plugin' };

export function kustomizeReferences({ value }: Kustomization): Reference[] {
  return [
    ...['resources', 'bases', 'components'].flatMap((field) => strings(value, field, 'either')),
    ...['generators', 'transformers', 'validators'].flatMap((field) => strings(value, field, 'plugin')),
    ...['crds', 'configurations', 'patchesStrategicMerge'].flatMap((field) => strings(value, field, 'file')),
    ...['patches', 'patchesJson6902', 'replacements'].flatMap((field) => paths(value, field)),
    ...['configMapGenerator', 'secretGenerator'].flatMap((field) => generatorFiles(value, field)),
    ...fileAt(value.openapi, 'path', ['openapi']),
  ];
}

type Fields = Record<string, unknown>;

function strings(value: Fields, field: string, kind: Reference['kind']): Reference[] {
  return list(value[field]).flatMap((target, index) =>
    typeof target === 'string' ? [{ at: [field, index], target, kind }] : [],
  );
}

function paths(value: Fields, field: string): Reference[] {
  return list(value[field]).flatMap((entry, index) => fileAt(entry, 'path', [field, index]));
}

/** `files` are `path` or `key=path`. */
function generatorFiles(value: Fields, field: string): Reference[] {
  return list(value[field]).flatMap((entry, index): Reference[] => {
    const at = [field, index];
    const { files, envs } = isRecord(entry) ? entry : {};
    return [
      ...list(files).flatMap((file, item) => keyed(file, [...at, 'files', item])),
      ...list(envs).flatMap((file, item) => keyed(file, [...at, 'envs', item])),
      ...fileAt(entry, 'env', at),
    ];
  });
}

function keyed(file: unknown, at: FieldPath): Reference[] {
  if (typeof file !== 'string') return [];
  return [{ at, target: file.slice(file.indexOf('=') + 1), kind: 'file' }];
}

function fileAt(entry: unknown, field: string, at: FieldPath): Reference[] {
  const target = isRecord(entry) ? entry[field] : undefined;
  return typeof target === 'string' && target !== '' ? [{ at: [...at, field], target, kind: 'file' }] : [];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
