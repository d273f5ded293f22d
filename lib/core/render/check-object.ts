/** Decides whether a JSON value can be an object of Kubernetes: the border behind which metadata is trusted. */
import { hookAnnotations } from '../hook/hook.ts';
import type { KubernetesObject, ObjectMeta } from '../object/kubernetes-object.ts';

export type ObjectProblem =
  | { missing: string }
  | { missing?: undefined; path: string[]; found: string; allowed: string };

/** `object` is null exactly when there are problems. Null-valued metadata is left out: it means "not given". */
export function checkObject(value: unknown): { object: KubernetesObject | null; problems: ObjectProblem[] } {
  if (!isRecord(value))
    return { object: null, problems: [{ missing: 'a mapping with apiVersion, kind and metadata' }] };
  const { apiVersion, kind } = value;
  const metadata = isRecord(value.metadata) ? named(withoutNulls(value.metadata)) : {};
  const problems = [...missingParts(value, metadata), ...metadataProblems(metadata)];
  if (problems.length > 0 || !isText(apiVersion) || !isText(kind) || !isMeta(metadata))
    return { object: null, problems };
  return { object: { ...value, apiVersion, kind, metadata }, problems: [] };
}

function missingParts(value: Record<string, unknown>, metadata: Record<string, unknown>): ObjectProblem[] {
  const missing = ['apiVersion', 'kind'].filter((field) => !isText(value[field]));
  if (!isText(metadata.name)) missing.push('metadata.name');
  return missing.length > 0 ? [{ missing: missing.join(', ') }] : [];
}

/** Of hooks alone is a name made; until then it is known by what the name will begin with. */
function named(metadata: Record<string, unknown>): Record<string, unknown> {
  const { name, generateName, annotations } = metadata;
  if (isText(name) || !isText(generateName) || !isRecord(annotations)) return metadata;
  return hookAnnotations.some((each) => each in annotations) ? { ...metadata, name: generateName } : metadata;
}

function metadataProblems(metadata: Record<string, unknown>): ObjectProblem[] {
  const problems: ObjectProblem[] = [];
  if (metadata.namespace !== undefined && typeof metadata.namespace !== 'string') {
    problems.push(problemAt(['namespace'], metadata.namespace, 'text'));
  }
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field];
    if (map === undefined) continue;
    if (!isRecord(map)) problems.push(problemAt([field], map, 'a mapping of text to text'));
    else problems.push(...entryProblems(field, map));
  }
  return problems;
}

function entryProblems(field: string, map: Record<string, unknown>): ObjectProblem[] {
  return Object.entries(map)
    .filter(([, value]) => typeof value !== 'string')
    .map(([key, value]) => problemAt([field, key], value, 'text: put it in quotes'));
}

function problemAt(path: string[], found: unknown, allowed: string): ObjectProblem {
  const shown = Array.isArray(found) ? 'a list' : isRecord(found) ? 'a mapping' : JSON.stringify(found);
  return { path: ['metadata', ...path], found: shown, allowed };
}

function withoutNulls(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}

function isMeta(metadata: Record<string, unknown>): metadata is ObjectMeta {
  return isText(metadata.name) && metadataProblems(metadata).length === 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
