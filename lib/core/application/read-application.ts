/** Reads one `argoproj.io/v1alpha1 Application` with the defaults of Argo CD. */
import { Fault } from '../fault/fault.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Manifest } from '../object/manifest.ts';
import { checkSyncOptions } from '../options/check-sync-options.ts';
import { readApplicationOptions } from '../options/read-application-options.ts';
import type { FieldPath } from '../yaml/line-of.ts';
import type { Application, Destination, Source, SyncPolicy } from './application.ts';
import { type Spec, specSchema } from './application-schema.ts';
import { checkAnnotations } from './check-annotations.ts';
import { checkSpec, type SpecProblem } from './check-spec.ts';
import { chooseSource } from './choose-source.ts';
import { findUnacted, type Unacted } from './unacted-fields.ts';
import { withoutNulls } from './without-nulls.ts';

type LineOf = (path: FieldPath) => number;

/** `lineOf` finds the line of a field of the document. `application` is null exactly when there are faults. */
export function readApplication(
  { object, origin }: Manifest,
  lineOf: LineOf,
): { application: Application | null; faults: Fault[] } {
  const { spec: given, written, several } = chooseSource(withoutNulls(object.spec));
  const { refused, passedOver } = findUnacted(given);
  const { spec, problems, unknown } = checkSpec(given, specSchema);
  const unsupported = [...several, ...refused, ...otherTransport(spec)];
  const at = (path: FieldPath) => ({
    application: object.metadata.name,
    file: origin.file,
    line: lineOf(written(path)),
    path: formatPath(written(path)),
  });
  const faults = [
    ...[...nameProblems(object), ...checkAnnotations(object.metadata.annotations ?? {})].map(
      ({ path, ...rest }) => new Fault('application.invalid', { ...at(path), ...rest }),
    ),
    ...worthSaying(problems, unsupported).map(
      ({ path, ...rest }) => new Fault('application.invalid', { ...at(['spec', ...path]), ...rest }),
    ),
    ...unsupported.map(
      ({ path, because }) => new Fault('application.unsupported', { ...at(['spec', ...path]), instead: because }),
    ),
  ];
  if (faults.length > 0 || spec === null) return { application: null, faults };
  const told = (path: FieldPath) => `${origin.file}:${at(path).line}: ${at(path).path}`;
  const warnings = [
    ...unknown.map(
      ({ path, meant }) => `${told(['spec', ...path])} is not known${meant ? `; did you mean ${meant}?` : ''}`,
    ),
    ...passedOver.map(({ path, because }) => `${told(['spec', ...path])} is not acted on: ${because}`),
    ...checkSyncOptions(spec.syncPolicy.syncOptions, 'application').map(
      (text) => `${told(['spec', 'syncPolicy', 'syncOptions'])}: ${text}`,
    ),
    ...idleMetadata(spec).map((path) => `${told(['spec', ...path])} counts with CreateNamespace=true only`),
  ];
  return { application: toApplication(object, spec, { origin, warnings }), faults };
}

/** A source that comes from somewhere else has no path: that is not the mistake. */
function worthSaying(problems: readonly SpecProblem[], unsupported: readonly Unacted[]): SpecProblem[] {
  const hasNoPath = unsupported.some(
    ({ path: [first, field] }) => first === 'sources' || field === 'chart' || field === 'ref',
  );
  return problems.filter(({ path: [first, field] }) => !(hasNoPath && first === 'source' && field === 'path'));
}

function otherTransport(spec: Spec | null): Unacted[] {
  if (!spec?.source.repoURL.startsWith('oci://')) return [];
  return [{ path: ['source', 'repoURL'], because: 'Keep the manifests in a Git repository.' }];
}

function idleMetadata({ syncPolicy: { managedNamespaceMetadata, syncOptions } }: Spec): FieldPath[] {
  const counts = readApplicationOptions(syncOptions).createNamespace;
  return managedNamespaceMetadata === undefined || counts ? [] : [['syncPolicy', 'managedNamespaceMetadata']];
}

function nameProblems({ metadata: { name } }: KubernetesObject): SpecProblem[] {
  if (name.length <= 253 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return [];
  const allowed = 'lower-case letters, digits, - and ., at most 253, beginning and ending with a letter or digit';
  return [{ path: ['metadata', 'name'], found: JSON.stringify(name), allowed }];
}

function toApplication(
  { metadata }: KubernetesObject,
  spec: Spec,
  rest: Pick<Application, 'origin' | 'warnings'>,
): Application {
  return {
    name: metadata.name,
    project: spec.project,
    source: toSource(spec.source),
    destination: toDestination(spec.destination),
    syncPolicy: toSyncPolicy(spec.syncPolicy),
    ignoreDifferences: spec.ignoreDifferences.map((difference) => present(difference)),
    ...(spec.revisionHistoryLimit === undefined ? {} : { historyLimit: spec.revisionHistoryLimit }),
    annotations: metadata.annotations ?? {},
    labels: metadata.labels ?? {},
    finalizers: metadata.finalizers ?? [],
    ...rest,
  };
}

function toSource({ repoURL, targetRevision, path, directory, kustomize, helm }: Spec['source']): Source {
  const source = { repoURL, targetRevision, path };
  if (directory !== undefined) {
    const { recurse, include, exclude } = directory;
    return { ...source, directory: { recurse, include, exclude } };
  }
  if (kustomize !== undefined) {
    const { namePrefix, nameSuffix, namespace, images, commonLabels, commonAnnotations, replicas } = kustomize;
    const block = { namePrefix, nameSuffix, namespace, images, commonLabels, commonAnnotations, replicas };
    return { ...source, kustomize: present(block) };
  }
  if (helm === undefined) return source;
  const { version, passCredentials, skipSchemaValidation, parameters, ...block } = helm;
  return { ...source, helm: present({ ...block, parameters: parameters?.map((parameter) => present(parameter)) }) };
}

function toDestination({ server, name, namespace }: Spec['destination']): Destination {
  return present({ server, name, namespace });
}

function toSyncPolicy({ automated, syncOptions, retry, managedNamespaceMetadata }: Spec['syncPolicy']): SyncPolicy {
  const { limit, backoff } = retry;
  return {
    automated:
      automated?.enabled === true
        ? { prune: automated.prune, selfHeal: automated.selfHeal, allowEmpty: automated.allowEmpty }
        : null,
    syncOptions,
    retry: { limit, delayMs: backoff.duration, factor: backoff.factor, maxDelayMs: backoff.maxDuration },
    ...(managedNamespaceMetadata !== undefined && { managedNamespaceMetadata }),
  };
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what is not set: an absent field and an undefined one are different things to those who compare. */
function present<T extends object>(value: T): Present<T>;
function present(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
}

function formatPath(path: FieldPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
