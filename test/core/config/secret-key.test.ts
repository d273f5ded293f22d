import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { pickSecretKey, splitSecretKey } from '../../../lib/core/config/secret-key.ts';

for (const [reference, name, key] of [
  ['trueup/prod/git/github', 'trueup/prod/git/github', null],
  ['trueup/prod/git/github#token', 'trueup/prod/git/github', 'token'],
  [
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf#token',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf',
    'token',
  ],
  ['a#', 'a', ''],
] as const) {
  test(`secret-key takes ${reference} for ${name} and ${key}`, () => {
    deepEqual(splitSecretKey(reference), { name, key });
  });
}

for (const { it, secret, gives } of [
  { it: 'a text', secret: '{"token": "abc", "user": "ann"}', gives: { value: 'abc' } },
  { it: 'a number', secret: '{"token": 12}', gives: { value: '12' } },
  { it: 'an object', secret: '{"token": {"a": 1}}', gives: { value: '{"a":1}' } },
  { it: 'nothing', secret: '{"user": "ann"}', gives: { because: 'it has no key token' } },
  { it: 'null', secret: '{"token": null}', gives: { because: 'it has no key token' } },
  { it: 'what every object has', secret: '{}', gives: { because: 'it has no key token' } },
  { it: 'a list', secret: '["token"]', gives: { because: 'it is not a JSON object, so it has no key token' } },
  { it: 'plain text', secret: 'hunter2', gives: { because: 'it is not a JSON object, so it has no key token' } },
]) {
  test(`secret-key picks ${it}`, () => deepEqual(pickSecretKey(secret, 'token'), gives));
}
