/** What the AWS SDK throws at whoever deploys, in plain words. */
import { equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { explainRefusal } from '../../../infra/aws/explain-refusal.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const where = { region: 'eu-west-1' };

for (const { name, code } of [
  { name: 'CredentialsProviderError', code: 'deploy.no_credentials' },
  { name: 'ExpiredToken', code: 'deploy.bad_credentials' },
  { name: 'InvalidClientTokenId', code: 'deploy.bad_credentials' },
  { name: 'AccessDenied', code: 'deploy.not_allowed' },
  { name: 'TimeoutError', code: 'deploy.unreachable' },
]) {
  test(`explain-refusal calls ${name} ${code}`, () => {
    const cause = Object.assign(new Error('as AWS says it'), { name });
    const said = explainRefusal(cause, where);
    ok(said instanceof Fault);
    equal(said.code, code);
    equal(said.cause, cause);
  });
}

test('explain-refusal knows a connection that was refused', () => {
  const said = explainRefusal(Object.assign(new Error(), { code: 'ECONNREFUSED' }), where);
  ok(said instanceof Fault && said.code === 'deploy.unreachable');
});

test('explain-refusal leaves a bug a bug', () => {
  const bug = new RangeError('a bug');
  equal(explainRefusal(bug, where), bug);
});
