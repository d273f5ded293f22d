import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import test from 'node:test';
import { awsSecrets } from '../../../lib/adapters/aws-secrets/aws-secrets.ts';
import type { SecretSource } from '../../../lib/adapters/aws-secrets/secret-source.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { silentLog } from '../../support/silent-log.ts';

function opened(read: SecretSource['read']) {
  const asked: string[] = [];
  const source = (action: string): SecretSource => ({
    action,
    resource: (name) => `arn:of:${name}`,
    read(name) {
      asked.push(`${action} ${name}`);
      return read(name);
    },
  });
  const sources = { secretsManager: source('secretsmanager:GetSecretValue'), ssm: source('ssm:GetParameter') };
  return { asked, secrets: awsSecrets({ ...sources, path: 'trueup.yaml', log: silentLog, now: () => 0 }) };
}

/** As the SDK throws what a service answered. */
function answered(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const [settled] = await Promise.allSettled([work]);
  if (settled.status === 'rejected' && settled.reason instanceof Fault) return settled.reason;
  throw new Error(`expected a fault, not ${JSON.stringify(settled)}`);
}

test('aws-secrets asks the service that a reference names', async () => {
  const { asked, secrets } = opened(async (name) => `value of ${name}`);
  equal(await secrets.read({ secretsManager: 'trueup/prod/git/a' }), 'value of trueup/prod/git/a');
  equal(await secrets.read({ ssm: '/trueup/prod/git/a' }), 'value of /trueup/prod/git/a');
  deepEqual(asked, ['secretsmanager:GetSecretValue trueup/prod/git/a', 'ssm:GetParameter /trueup/prod/git/a']);
});

test('aws-secrets asks once for all values of one secret', async () => {
  const { asked, secrets } = opened(async () => '{"user": "ann", "token": "hunter2"}');
  equal(await secrets.read({ secretsManager: 'a#user' }), 'ann');
  equal(await secrets.read({ secretsManager: 'a#token' }), 'hunter2');
  equal(asked.length, 1);
});

for (const [it, value, gives] of [
  ['drops the newline of an editor', 'abc\n', 'abc'],
  ['keeps newlines within', 'a\nb\n', 'a\nb'],
] as const) {
  test(`aws-secrets ${it}`, async () => {
    equal(await opened(async () => value).secrets.read({ ssm: 'a' }), gives);
  });
}

for (const { it, reference, read, code, says } of [
  {
    it: 'a secret that is not there',
    reference: { secretsManager: 'a' },
    read: () => Promise.reject(answered('ResourceNotFoundException', "can't find the specified secret.")),
    code: 'config.secret_missing',
    says: /trueup\.yaml: the secret \{secretsManager: a\} is not there: can't find/,
  },
  {
    it: 'a parameter that is not there',
    reference: { ssm: 'a' },
    read: () => Promise.reject(answered('ParameterNotFound', '')),
    code: 'config.secret_missing',
    says: /\{ssm: a\} is not there: ParameterNotFound/,
  },
  {
    it: 'a secret about to be deleted',
    reference: { secretsManager: 'a' },
    read: () => Promise.reject(answered('InvalidRequestException', 'it was marked for deletion')),
    code: 'config.secret_missing',
    says: /marked for deletion/,
  },
  {
    it: 'an empty secret',
    reference: { ssm: 'a' },
    read: async () => '\n',
    code: 'config.secret_missing',
    says: /it is empty/,
  },
  {
    it: 'a secret without a value',
    reference: { secretsManager: 'a' },
    read: async () => null,
    code: 'config.secret_missing',
    says: /it is empty/,
  },
  {
    it: 'a key that is not in the secret',
    reference: { ssm: 'a#token' },
    read: async () => '{"pass": "hunter2"}',
    code: 'config.secret_missing',
    says: /\{ssm: a#token\} is not there: it has no key token$/,
  },
  {
    it: 'a service that is throttled',
    reference: { ssm: 'a' },
    read: () => Promise.reject(answered('ThrottlingException', 'Rate exceeded')),
    code: 'config.secret_unreachable',
    says: /cannot be asked for the secret \{ssm: a\}: Rate exceeded/,
  },
  {
    it: 'a network that is down',
    reference: { ssm: 'a' },
    read: () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })),
    code: 'config.secret_unreachable',
    says: /connect/,
  },
  {
    it: 'a reference of somebody else',
    reference: { env: 'TOKEN' },
    read: async () => 'a',
    code: 'config.secret_unsupported',
    says: /TOKEN/,
  },
] as const) {
  test(`aws-secrets names ${it}`, async () => {
    const fault = await faultOf(opened(read).secrets.read(reference));
    equal(fault.code, code);
    match(fault.message, says);
    ok(!JSON.stringify(fault.report()).includes('hunter2'));
  });
}

for (const { it, message, action, resource } of [
  {
    it: 'to read the secret',
    message:
      'User: x is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:1:secret:a-AbCdEf because …',
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:aws:secretsmanager:eu-west-1:1:secret:a-AbCdEf',
  },
  {
    it: 'to read it where AWS names no resource',
    message: 'denied',
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:of:a',
  },
  {
    it: 'to use its key',
    message: 'Access to KMS is not allowed',
    action: 'kms:Decrypt',
    resource: 'ARN of the key that encrypts it',
  },
]) {
  test(`aws-secrets says the statement that allows ${it}, and the names that need none`, async () => {
    const { secrets } = opened(() => Promise.reject(answered('AccessDeniedException', message)));
    const fault = await faultOf(secrets.read({ secretsManager: 'a' }));
    equal(fault.code, 'config.secret_denied');
    ok(fault.hint.includes(JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource })), fault.hint);
    match(fault.hint, /trueup\/STAGE\/KIND\/NAME/);
  });
}

test('aws-secrets leaves a bug a bug', async () => {
  await rejects(opened(() => Promise.reject(new TypeError('bug'))).secrets.read({ ssm: 'a' }), TypeError);
});
