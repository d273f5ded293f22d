/** What `trueup doctor --aws` and the functions' self-tests find wrong with an installation on AWS. */
import type { FaultInfo } from '../catalogue.ts';

export const doctorFaults = {
  'doctor.stack_incomplete': {
    http: 503,
    retry: 'never',
    says: 'The stack {stack} in {region} is not complete',
    hint: 'Deploy it again, with this version of Trueup: what is there stays, what is missing comes.',
  },
  'doctor.config_missing': {
    http: 404,
    retry: 'never',
    says: 'The functions have no configuration: there is nothing at {place}',
    hint: 'Install the one before you: `trueup config apply`.',
  },
  'doctor.config_differs': {
    http: 409,
    retry: 'never',
    says: 'The functions work with another configuration than the one before you:\n{text}',
    hint: 'Install this one with `trueup config apply`, or look at theirs: `aws s3 cp {place} - --region {region}`.',
  },
  'doctor.dead_letter': {
    http: 500,
    retry: 'never',
    says: 'The wake-up about {about} ({why}) failed each time it was delivered',
    hint: '{fix} Then give all of them back: `aws sqs start-message-move-task --source-arn {queueArn} --region {region}`. Nothing waits for it: the tick has looked again meanwhile.',
  },
  'doctor.function_broken': {
    http: 503,
    retry: 'never',
    says: 'The function {function} cannot work',
    hint: 'Deploy again. Where that does not help, its log says more: `aws logs tail /aws/lambda/{function} --region {region}`.',
  },
  'doctor.function_failed': {
    http: 502,
    retry: 'never',
    says: 'The function {function} did not answer its self-test',
    hint: 'Its log says why: `aws logs tail /aws/lambda/{function} --region {region}`. An answer in another shape is one of another version: deploy again.',
  },
  'doctor.no_answer': {
    http: 504,
    retry: 'later',
    says: 'No answer within {withinMs} ms',
    hint: 'Check the way from the function to what it asked: a function in a VPC needs a NAT gateway or endpoints.',
  },
  'doctor.not_left': {
    http: 404,
    retry: 'later',
    says: 'The object {key} that sync leaves for the others is not there',
    hint: 'See what the self-test of sync found, and run it again.',
  },
  'doctor.no_access_entry': {
    http: 403,
    retry: 'never',
    says: 'The EKS cluster {eks} in {region} has no access entry for {principal}',
    hint: 'Run `{create}`, then `kubectl apply -f infra/aws/eks-access/cluster-role.yaml`, which lists every verb and kind. For namespaced policies instead see infra/aws/eks-access/README.md.',
  },
  'doctor.empty_access_entry': {
    http: 403,
    retry: 'never',
    says: 'The access entry for {principal} in the EKS cluster {eks} in {region} allows nothing: it has no policy and no group',
    hint: 'Run `{update}`, then `kubectl apply -f infra/aws/eks-access/cluster-role.yaml`, which lists every verb and kind. For namespaced policies instead see infra/aws/eks-access/README.md.',
  },
  'doctor.refused': {
    http: 502,
    retry: 'never',
    says: 'AWS refuses {action} in {region}',
    hint: 'Check store.stack and store.region in trueup.yaml, and deploy again where something was removed by hand.',
  },
} as const satisfies Record<string, FaultInfo>;
