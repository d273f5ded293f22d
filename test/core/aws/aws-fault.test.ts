import { deepEqual, equal, match, ok } from 'node:assert/strict';
import test from 'node:test';
import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { awsFault } from '../../../lib/core/aws/aws-fault.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const asked = { action: 'lambda:InvokeFunction', resource: 'trueup-prod-sync', region: 'eu-west-1' };

function answered(name: string, message = 'as it says', httpStatusCode = 400): LambdaServiceException {
  return new LambdaServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });
}

for (const [error, code] of [
  [answered('AccessDeniedException', 'no', 403), 'aws.denied'],
  [answered('KmsAccessDenied', 'no', 400), 'aws.denied'],
  [answered('UnrecognizedClientException', 'no', 403), 'aws.no_credentials'],
  [answered('ExpiredTokenException', 'no', 403), 'aws.no_credentials'],
  [Object.assign(new Error('no'), { name: 'CredentialsProviderError' }), 'aws.no_credentials'],
  [answered('ResourceNotFoundException', 'no', 404), 'doctor.refused'],
  [answered('ServiceException', 'no', 500), 'doctor.refused'],
  [Object.assign(new Error('no'), { code: 'ENOTFOUND' }), 'aws.unreachable'],
  [Object.assign(new Error('no'), { name: 'TimeoutError' }), 'aws.unreachable'],
] as const)
  test(`aws-fault of ${error.name} is ${code}`, () => {
    const fault = awsFault(error, asked);
    ok(fault instanceof Fault);
    deepEqual([fault.code, fault.cause], [code, error]);
    match(fault.message, /lambda:InvokeFunction/);
  });

test('aws-fault names what AWS says was refused, which may be another action than the one asked for', () => {
  const message =
    'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1 because no identity-based policy allows the kms:Decrypt action';
  const fault = awsFault(answered('AccessDeniedException', message, 403), asked);
  ok(fault instanceof Fault);
  deepEqual([fault.facts.action, fault.facts.resource], ['kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/1']);
});

test('aws-fault leaves a fault and a bug as they are', () => {
  for (const error of [new Fault('doctor.refused', asked), new RangeError('a bug'), 'thrown'])
    equal(awsFault(error, asked), error);
});
