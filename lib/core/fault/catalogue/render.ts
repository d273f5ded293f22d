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
  'render.refused': { http: 400, retry: 'never', says: '{file} uses {what}, which Trueup refuses', hint: '{because}' },
  'render.tool_missing': {
    http: 500,
    retry: 'never',
    says: 'The tool {tool} was not found',
    hint: 'Run `npm ci`, or put {tool} on the PATH.',
  },
} as const satisfies Record<string, FaultInfo>;
