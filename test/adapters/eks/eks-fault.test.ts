/** What the SDK gives up on only after some attempts, and what is none of its errors. */
import { equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceUnavailableException, ThrottlingException } from '@aws-sdk/client-eks';
import { STSServiceException } from '@aws-sdk/client-sts';
import { eksFault } from '../../../lib/adapters/eks/eks-fault.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const about = { action: 'eks:DescribeCluster', resource: '*', region: 'eu-west-1' };
const message = 'as it says';
const ofSts = (name: string, httpStatusCode: number) =>
  new STSServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode } });

for (const { error, code, retry } of [
  {
    error: new ThrottlingException({ message, $metadata: { httpStatusCode: 400 } }),
    code: 'eks.throttled',
    retry: 'later',
  },
  { error: ofSts('Throttling', 400), code: 'eks.throttled', retry: 'later' },
  { error: ofSts('Any', 429), code: 'eks.throttled', retry: 'later' },
  { error: ofSts('Any', 400), code: 'eks.failed', retry: 'never' },
  { error: ofSts('ExpiredToken', 403), code: 'eks.credentials_expired', retry: 'never' },
  { error: ofSts('InvalidClientTokenId', 403), code: 'eks.credentials_refused', retry: 'never' },
  { error: ofSts('RegionDisabledException', 403), code: 'eks.credentials_refused', retry: 'never' },
  {
    error: new ServiceUnavailableException({ message, $metadata: { httpStatusCode: 503 } }),
    code: 'eks.unreachable',
    retry: 'later',
  },
  {
    error: Object.assign(new Error(message), { name: 'TimeoutError' }),
    code: 'eks.unreachable',
    retry: 'later',
  },
  { error: Object.assign(new Error(message), { code: 'ENOTFOUND' }), code: 'eks.unreachable', retry: 'later' },
]) {
  test(`eks-fault of ${error.name} ${'$metadata' in error ? error.$metadata.httpStatusCode : ''} is ${code}, to be tried again ${retry}`, () => {
    const fault = eksFault(error, about);
    ok(fault instanceof Fault);
    equal(fault.code, code);
    equal(fault.info.retry, retry);
    equal(fault.cause, error);
    match(fault.message, /eks:DescribeCluster in eu-west-1.*: as it says$/);
  });
}

test('eks-fault leaves a fault, and what is not of AWS, as it is', () => {
  for (const error of [new Fault('eks.throttled', about), new RangeError('a bug'), 'thrown']) {
    equal(eksFault(error, about), error);
  }
});
