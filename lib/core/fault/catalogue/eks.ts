/** Faults of signing in to EKS: of AWS, before the API server is asked anything. */
import type { FaultInfo } from '../catalogue.ts';

export const eksFaults = {
  'eks.cluster_not_found': {
    http: 404,
    retry: 'never',
    says: 'There is no EKS cluster {eks} in {region}',
    hint: 'Correct clusters[].eks: cluster, region, or the roleArn of the account that has it. Known there: {known}.',
  },
  'eks.not_ready': {
    http: 503,
    retry: 'later',
    says: 'The EKS cluster {eks} in {region} is {status}',
    hint: 'Wait until `aws eks describe-cluster --name {eks} --region {region}` says ACTIVE; Trueup looks again by itself.',
  },
  'eks.config_map_only': {
    http: 403,
    retry: 'never',
    says: 'The EKS cluster {eks} in {region} takes identities from its ConfigMap aws-auth only (authenticationMode CONFIG_MAP)',
    hint: 'Run `aws eks update-cluster-config --name {eks} --region {region} --access-config authenticationMode=API_AND_CONFIG_MAP`. Whom aws-auth names stays; the change cannot be undone.',
  },
  'eks.access_denied': {
    http: 403,
    retry: 'never',
    says: 'AWS does not allow {identity} {action} on {resource}',
    hint: 'Add this statement to its policy: {statement}',
  },
  'eks.no_credentials': {
    http: 401,
    retry: 'never',
    says: 'There are no AWS credentials to ask for {action} in {region} with',
    hint: 'On Lambda the role of the function gives them; elsewhere sign in (`aws sso login`) or set AWS_PROFILE, until `aws sts get-caller-identity` answers.',
  },
  'eks.credentials_expired': {
    http: 401,
    retry: 'never',
    says: 'The AWS credentials used for {action} in {region} have expired',
    hint: 'Sign in again (`aws sso login`), or give Trueup a role instead of copied session credentials.',
  },
  'eks.credentials_refused': {
    http: 401,
    retry: 'never',
    says: 'AWS does not accept the credentials used for {action} in {region}',
    hint: 'The access key was deleted, its secret is mistyped, the clock of this machine is wrong, or the account has not enabled {region}: `aws sts get-caller-identity --region {region}` shows the same.',
  },
  'eks.throttled': {
    http: 429,
    retry: 'later',
    says: 'AWS limits our {action} in {region}',
    hint: 'Trueup asks again later by itself. The limit is shared by all that use the account there.',
  },
  'eks.unreachable': {
    http: 503,
    retry: 'later',
    says: 'AWS does not answer {action} in {region}',
    hint: 'Check eks.region in clusters[] and the network. A function in a VPC needs a NAT gateway, or interface endpoints for eks and sts.',
  },
  'eks.failed': {
    http: 502,
    retry: 'never',
    says: 'AWS refuses {action} in {region}',
    hint: 'Check what clusters[].eks says: cluster, region, roleArn and externalId.',
  },
} as const satisfies Record<string, FaultInfo>;
