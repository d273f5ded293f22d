/** Faults of rendering. */
import type { FaultInfo } from '../catalogue.ts';

export const renderFaults = {
  'render.yaml_invalid': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: not valid YAML',
    hint: 'Fix the file; nothing was applied. `trueup render DIR` shows the same error on your machine.',
  },
  'render.duplicate_key': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: the key {key} stands twice',
    hint: 'Remove one of the two: tools disagree about which one wins.',
  },
  'render.not_an_object': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: not a Kubernetes object: {missing} is missing',
    hint: 'Every document needs apiVersion, kind and metadata.name; exclude other files with spec.source.directory.exclude.',
  },
  'render.metadata_invalid': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: {path} cannot be {found}',
    hint: 'Allowed: {allowed}.',
  },
  'render.file_missing': {
    http: 404,
    retry: 'never',
    says: '{file}:{line}: there is no {missing}',
    hint: 'Check the name, upper and lower case too. That folder has: {known}.',
  },
  'render.value_file_missing': {
    http: 404,
    retry: 'never',
    says: 'The value file {missing} does not exist',
    hint: 'Check spec.source.helm.valueFiles (relative to spec.source.path, or `/x` from the root of the repository), or set ignoreMissingValueFiles. That folder has: {known}.',
  },
  'render.dependency_missing': {
    http: 400,
    retry: 'never',
    says: '{file}:{line}: the chart dependency {dependency} is not in the repository',
    hint: 'Run `helm dependency build {path}` and commit its charts/ folder: rendering has no network.',
  },
  'render.path_missing': {
    http: 404,
    retry: 'never',
    says: 'The path {path} does not exist in {repoURL} at {revision}',
    hint: 'Check spec.source.path. The repository has: {known}.',
  },
  'render.failed': {
    http: 400,
    retry: 'never',
    says: '{tool} could not render {path}',
    hint: '`trueup render DIR` shows the same error on your machine.',
  },
  'render.timed_out': {
    http: 400,
    retry: 'later',
    says: '{tool} did not finish {path} within {limitMs} ms',
    hint: 'Look for loops in templates; the limit is render.timeoutMs.',
  },
  'render.too_large': {
    http: 400,
    retry: 'never',
    says: 'The rendered manifests of {path} exceed {limit} ({what})',
    hint: 'Split the Application, or raise the limit under render in trueup.yaml.',
  },
  'render.refused': { http: 400, retry: 'never', says: '{file}:{line}: {what} is refused', hint: '{instead}' },
  'render.folder_unreadable': {
    http: 404,
    retry: 'never',
    says: 'The folder {path} cannot be read',
    hint: 'Check that it exists, that this user may read it, and that it holds manifests rather than a home directory.',
  },
  'render.tool_missing': {
    http: 500,
    retry: 'never',
    says: 'The tool {tool} was not found',
    hint: 'Run `npm ci`, or put {tool} on the PATH; on AWS it comes with the layer: deploy again.',
  },
  'render.bundle_too_large': {
    http: 413,
    retry: 'never',
    says: 'The files of {repoURL} have {sizeBytes} bytes; the render function takes {maxBytes}',
    hint: 'Keep manifests in a repository of their own.',
  },
  'render.remote_failed': {
    http: 502,
    retry: 'later',
    says: 'The render function did not do its work',
    hint: 'While a new version is being deployed this passes by itself. Else its log says more, `aws logs tail /aws/lambda/trueup-STAGE-render`; then deploy again.',
  },
  'render.remote_busy': {
    http: 503,
    retry: 'later',
    says: 'AWS has no room to run the render function {function} just now',
    hint: 'Nothing to do, it is tried again. If it lasts, ask for a higher quota of concurrent executions in Lambda.',
  },
  // Waiting cures it while a new policy spreads.
  'render.remote_denied': {
    http: 503,
    retry: 'later',
    says: 'AWS does not allow {action} on {function} to {identity}',
    hint: 'Deploy again, or add this statement to the policy of that role: {statement}',
  },
} as const satisfies Record<string, FaultInfo>;
