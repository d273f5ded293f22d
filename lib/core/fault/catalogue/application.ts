/** Faults of Application documents. */
import type { FaultInfo } from '../catalogue.ts';

export const applicationFaults = {
  'application.invalid': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: Application {application} is not valid at {path}',
    hint: 'Found {found}; allowed: {allowed}.',
  },
  'application.kind_not_read': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: {kind} {name} is not read by this version',
    hint: 'The fleet holds documents of argoproj.io/v1alpha1, Application and AppProject; keep other objects in a folder that an Application deploys.',
  },
  'application.not_found': {
    http: 404,
    retry: 'never',
    says: 'There is no Application {application}',
    hint: 'Known: {known}. Documents are read from the fleet.',
  },
  'fleet.file_emptied': {
    http: 409,
    retry: 'never',
    says: '{file} holds no document any more, where {kind} {name} stood',
    hint: 'To remove {name}, delete {file}. Until then it stays as it is.',
  },
  'application.duplicate': {
    http: 409,
    retry: 'never',
    says: 'Application {application} is defined in {file} and in {other}',
    hint: 'Names of Applications are unique in an installation: rename one of them.',
  },
  'application.dependency_cycle': {
    http: 409,
    retry: 'never',
    says: 'Applications wait for each other: {cycle}',
    hint: 'Take one of them out of `trueup.dev/depends-on` in {files}. Until then none of them is synced; a rollback still is.',
  },
  'application.unknown_cluster': {
    http: 400,
    retry: 'never',
    says: 'Application {application} names the cluster {cluster}, which is not in clusters[]',
    hint: 'Use destination.name or destination.server of one of: {known}.',
  },
  'application.unsupported': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: Application {application} uses {path}, which this version does not do',
    hint: '{instead}',
  },
  'application.no_namespace': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: {kind} {name} names no namespace, and neither does the Application {application}',
    hint: 'Set spec.destination.namespace of the Application, or metadata.namespace in {file}.',
  },
} as const satisfies Record<string, FaultInfo>;
