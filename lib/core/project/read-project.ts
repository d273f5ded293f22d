/** Reads one `argoproj.io/v1alpha1 AppProject` with the defaults of Argo CD. */
import { checkSpec } from '../application/check-spec.ts';
import { withoutNulls } from '../application/without-nulls.ts';
import { Fault } from '../fault/fault.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Manifest } from '../object/manifest.ts';
import type { FieldPath } from '../yaml/line-of.ts';
import type { Project } from './project.ts';
import { type ProjectSpec, projectSchema } from './project-schema.ts';
import { findUnacted } from './unacted-fields.ts';

/** `lineOf` finds the line of a field of the document. `project` is null exactly when there are faults. */
export function readProject(
  { object, origin }: Manifest,
  lineOf: (path: FieldPath) => number,
): { project: Project | null; faults: Fault[] } {
  const given = withoutNulls(object.spec ?? {});
  const { spec, problems, unknown } = checkSpec(given, projectSchema);
  const { refused, passedOver } = findUnacted(given);
  const { name } = object.metadata;
  const at = (path: FieldPath) => ({ file: origin.file, line: lineOf(path), path: path.join('.') });
  const faults = [
    ...nameProblems(name),
    ...problems.map(({ path, ...rest }) => ({ ...rest, path: ['spec', ...path] })),
    ...refused.map(({ path, because }) => ({ path: ['spec', ...path], found: 'a value', allowed: because })),
  ].map(({ path, ...rest }) => new Fault('project.invalid', { project: name, ...at(path), ...rest }));
  if (faults.length > 0 || spec === null) return { project: null, faults };
  const told = (path: FieldPath) => {
    const place = at(['spec', ...path]);
    return `${place.file}:${place.line}: ${place.path}`;
  };
  const warnings = [
    ...unknown.map(({ path, meant }) => `${told(path)} is not known${meant ? `; did you mean ${meant}?` : ''}`),
    ...passedOver.map(({ path, because }) => `${told(path)} is not acted on: ${because}`),
  ];
  return { project: toProject(object, spec, { origin, warnings }), faults };
}

function nameProblems(name: string): { path: FieldPath; found: string; allowed: string }[] {
  if (name.length <= 253 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return [];
  const allowed = 'lower-case letters, digits, - and ., at most 253, beginning and ending with a letter or digit';
  return [{ path: ['metadata', 'name'], found: JSON.stringify(name), allowed }];
}

function toProject(
  { metadata }: KubernetesObject,
  spec: ProjectSpec,
  rest: Pick<Project, 'origin' | 'warnings'>,
): Project {
  const { destinations, namespaceResourceWhitelist, orphanedResources } = spec;
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    description: spec.description,
    sourceRepos: spec.sourceRepos,
    destinations: destinations.map(({ server, name, namespace }) => ({
      server: server ?? null,
      name: name ?? null,
      namespace,
    })),
    clusterResourceWhitelist: spec.clusterResourceWhitelist.map(withName),
    clusterResourceBlacklist: spec.clusterResourceBlacklist.map(withName),
    namespaceResourceWhitelist: namespaceResourceWhitelist?.map(ofAnyName) ?? null,
    namespaceResourceBlacklist: spec.namespaceResourceBlacklist.map(ofAnyName),
    permitOnlyProjectScopedClusters: spec.permitOnlyProjectScopedClusters,
    destinationServiceAccounts: spec.destinationServiceAccounts,
    syncWindows: spec.syncWindows,
    orphanedResources: orphanedResources ?? null,
    ...rest,
  };
}

/** An empty name is none. */
function withName({ name, ...kind }: ProjectSpec['clusterResourceWhitelist'][number]) {
  return { ...kind, name: name || '*' };
}

function ofAnyName(kind: ProjectSpec['namespaceResourceBlacklist'][number]) {
  return { ...kind, name: '*' };
}
