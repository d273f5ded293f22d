/** Faults of the configuration and the doors. */
import type { FaultInfo } from '../catalogue.ts';

export const configFaults = {
  'config.missing': {
    http: 500,
    retry: 'never',
    says: 'There is no configuration at {path}',
    hint: 'Write one with `trueup init`; a deployed installation gets the one before you with `trueup config apply`.',
  },
  'config.invalid': {
    http: 500,
    retry: 'never',
    says: '{path} is not valid:\n{text}',
    hint: 'Each line names the place, what was found and what is allowed; `trueup config check` shows them again.',
  },
  'config.secret_missing': {
    http: 500,
    retry: 'never',
    says: '{path}: the secret {reference} is not there',
    hint: 'Set the environment variable, write the file, or create the secret that it names.',
  },
  'config.secret_denied': {
    http: 500,
    retry: 'never',
    says: '{path}: AWS does not allow {action} on the secret {reference}',
    hint: 'Call it trueup/STAGE/KIND/NAME, which a deployed Trueup may read; KIND is webhook, git, clusters, notify or access, and in SSM a / comes first. Or add this statement to the policy of the role: {statement}',
  },
  'config.secret_unreachable': {
    http: 503,
    retry: 'later',
    says: '{path}: AWS cannot be asked for the secret {reference}',
    hint: 'Check the network and the region; Trueup tries again by itself. A function in a VPC needs a NAT gateway, or interface endpoints for secretsmanager and ssm.',
  },
  'config.changed_meanwhile': {
    http: 409,
    retry: 'never',
    says: 'The configuration {path} was changed by somebody else meanwhile',
    hint: 'Nothing was written. `trueup doctor --aws` shows how theirs differs from yours; then apply it again.',
  },
  'config.secret_unsupported': {
    http: 500,
    retry: 'never',
    says: '{path}: this door cannot read the secret {reference}',
    hint: 'Use {env: NAME} or {file: PATH} here.',
  },
  'config.unknown_cluster': {
    http: 500,
    retry: 'later',
    says: 'There is no cluster {cluster} any more',
    hint: 'Put it back into clusters[], or the tag back on the EKS cluster; known are: {known}. Applications of a cluster that is gone for good leave by being removed from the fleet without their finalizer.',
  },
  'config.app_unsupported': {
    http: 500,
    retry: 'never',
    says: 'gitHosts[] {gitHost}: this version cannot work as a GitHub App',
    hint: 'Use token here: a fine-grained token with read access to contents.',
  },
  'config.unknown_channel': {
    http: 500,
    retry: 'never',
    says: 'notifications has no channel {channel} any more',
    hint: 'Notices owed to it are dropped. Put it back into trueup.yaml if that is not meant.',
  },
  'config.port_taken': {
    http: 500,
    retry: 'never',
    says: 'Port {port} on {address} is taken',
    hint: 'Stop the other program or choose another port: trueup serve --port N',
  },
  'config.exists': {
    http: 409,
    retry: 'never',
    says: '{path} exists already',
    hint: 'Nothing was written. Give --force to replace it.',
  },
  'config.bad_argument': {
    http: 400,
    retry: 'never',
    says: '{argument} cannot be {found}',
    hint: 'Allowed: {allowed}.',
  },
  'config.node_too_old': {
    http: 500,
    retry: 'never',
    says: 'Trueup needs Node 24 or newer; this is {found}',
    hint: 'Install Node 24, or run it from a checkout after npm ci.',
  },
  'sync.stuck': {
    http: 409,
    retry: 'never',
    says: '{application} cannot be synced: {code}',
    hint: '{hint}',
  },
  'api.not_found': {
    http: 404,
    retry: 'never',
    says: 'There is nothing at {path}',
    hint: 'See /api/v1/openapi.json for what there is.',
  },
  'api.forbidden': {
    http: 403,
    retry: 'never',
    says: 'The API is readable from this machine only',
    hint: 'Set access.tokens in trueup.yaml and send one as `Authorization: Bearer TOKEN`.',
  },
  'api.unauthorized': {
    http: 401,
    retry: 'never',
    says: 'The API needs a token',
    hint: 'Send one of access.tokens as `Authorization: Bearer TOKEN`.',
  },
  'api.too_large': {
    http: 413,
    retry: 'never',
    says: 'The answer has {sizeBytes} bytes; {limit} can be passed on',
    hint: 'Ask for less with `limit` or `application`, or send `Accept-Encoding: gzip`.',
  },
  'api.bad_request': {
    http: 400,
    retry: 'never',
    says: 'The request is not valid at {path}',
    hint: 'Found {found}; allowed: {allowed}.',
  },
} as const satisfies Record<string, FaultInfo>;
