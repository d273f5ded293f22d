/** Faults of an installation on AWS, seen from a person's shell. */
import type { FaultInfo } from '../catalogue.ts';

export const awsFaults = {
  'aws.stack_missing': {
    http: 404,
    retry: 'never',
    says: 'There is no stack {stack} in {region}',
    hint: 'Correct store.stack and store.region in trueup.yaml, or deploy it: npm run deploy -- --stage STAGE',
  },
  'aws.stack_broken': {
    http: 500,
    retry: 'never',
    says: 'The stack {stack} in {region} is {status} and does not say where its parts are',
    hint: 'Wait until it is complete, or deploy it again: npm run deploy -- --stage STAGE',
  },
  'aws.denied': {
    http: 403,
    retry: 'never',
    says: 'AWS refuses {action} on {resource} in {region}',
    hint: 'Sign in as somebody who may do that: `aws sts get-caller-identity` shows who you are now.',
  },
  'aws.no_credentials': {
    http: 401,
    retry: 'never',
    says: 'There are no valid AWS credentials to ask for {action} with',
    hint: 'Sign in (`aws sso login`) or set AWS_PROFILE, until `aws sts get-caller-identity` answers.',
  },
  'aws.unreachable': {
    http: 503,
    retry: 'later',
    says: 'AWS does not answer {action} in {region}',
    hint: 'Check store.region in trueup.yaml and the network.',
  },
} as const satisfies Record<string, FaultInfo>;
