/** Faults of deploying to AWS and of removing what was deployed. */
import type { FaultInfo } from '../catalogue.ts';

export const deployFaults = {
  'deploy.not_deployable': {
    http: 400,
    retry: 'never',
    says: '{path} does not fit the stack {stack} in {region}:\n{text}',
    hint: 'Each line names the place and the fix. Nothing was deployed.',
  },
  'deploy.no_region': {
    http: 400,
    retry: 'never',
    says: 'No AWS region is chosen',
    hint: 'Give --region REGION, or write it in trueup.yaml: store: {kind: aws, stack: trueup-STAGE, region: REGION}.',
  },
  'deploy.no_credentials': {
    http: 401,
    retry: 'never',
    says: 'There are no AWS credentials here',
    hint: 'Sign in first (`aws sso login`), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  'deploy.bad_credentials': {
    http: 401,
    retry: 'never',
    says: 'AWS does not accept the credentials',
    hint: 'They have ended or belong to nobody: sign in again, and look which ones count with `aws sts get-caller-identity`.',
  },
  'deploy.not_allowed': {
    http: 403,
    retry: 'never',
    says: 'AWS does not allow this to {principal}',
    hint: 'Whoever deploys must be allowed to make every kind of resource of the stack, roles included: use an administrator role.',
  },
  'deploy.unreachable': {
    http: 503,
    retry: 'later',
    says: 'AWS cannot be reached in {region}',
    hint: 'Check the network, the name of the region and AWS_ENDPOINT_URL.',
  },
  'deploy.stack_busy': {
    http: 409,
    retry: 'later',
    says: 'The stack {stack} is being changed ({status})',
    hint: 'Wait until that has ended, and run the command again.',
  },
  'deploy.stack_stuck': {
    http: 409,
    retry: 'never',
    says: 'The stack {stack} cannot be changed any more ({status})',
    hint: '{fix}',
  },
  'deploy.stack_failed': {
    http: 500,
    retry: 'never',
    says: 'CloudFormation could not make the stack {stack}:\n{text}',
    hint: 'Mend what the first line says. {next}',
  },
  'deploy.osls_failed': {
    http: 500,
    retry: 'never',
    says: 'osls ended with {found}, and CloudFormation tells of no failure',
    hint: 'What it said stands above.',
  },
  'deploy.remove_failed': {
    http: 500,
    retry: 'later',
    says: 'The stack {stack} could not be removed:\n{text}',
    hint: 'Mend what the first line says, and run the command again: what is gone stays gone.',
  },
  'deploy.not_confirmed': {
    http: 400,
    retry: 'never',
    says: 'Nothing was removed: {stack} was not typed',
    hint: 'Type the name of the stack when asked, or give --yes where nobody can be asked.',
  },
  'deploy.other_account': {
    http: 400,
    retry: 'never',
    says: 'You are signed in to account {found}, not to {account}',
    hint: 'Sign in to {account}, or name the account that is meant.',
  },
  'deploy.stack_exists': {
    http: 409,
    retry: 'never',
    says: 'There is a stack {stack} in {region} already',
    hint: 'Nothing was done to it. Give another --stage: the one named is made and removed again.',
  },
  'deploy.not_packaged': {
    http: 400,
    retry: 'never',
    says: 'There is no package at {path}',
    hint: 'Make it with: npm run package',
  },
} as const satisfies Record<string, FaultInfo>;
