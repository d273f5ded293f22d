import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import test from 'node:test';
import { readBody, writeBody } from '../../../lib/adapters/sqs/message-body.ts';
import type { Message } from '../../../lib/ports/queue.ts';

const maxBytes = 262_144;

test('message-body says its version', () => {
  equal(writeBody({ about: 'fleet', why: 'tick' }), '{"v":1,"about":"fleet","why":"tick"}');
});

for (const message of [
  { about: 'repository', repoURL: 'https://git.example.com/team/shop', why: 'push refs/heads/main', trace: 'd-1' },
  { about: 'application', name: 'shop', why: 'Grüße 🌍' },
  { about: 'cluster', name: 'prod', why: 'tick', kinds: ['v1/ConfigMap'], unmarkedKinds: [] },
  { about: 'fleet', why: 'control \u0001 and lone \ud800 and forbidden \uffff\ufffe' },
  { about: 'outbox', why: '' },
] satisfies Message[]) {
  test(`message-body is read as it was written: ${message.about}`, () => {
    deepEqual(readBody(writeBody(message)), { is: 'message', message });
  });
}

test('message-body holds no character that SQS refuses', () => {
  const body = writeBody({ about: 'fleet', why: '\u0000\u0008\u000b\u001f\ud800\udfff\ufffe\uffff' });
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
  ok(/^[ -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(body), body);
});

for (const [it, body] of [
  ['without a version, as first written', '{"about":"fleet","why":"tick"}'],
  ['with parts that a newer version adds', '{"v":1,"about":"fleet","why":"tick","colour":"red"}'],
] as const) {
  test(`message-body reads one ${it}`, () => {
    deepEqual(readBody(body), { is: 'message', message: { about: 'fleet', why: 'tick' } });
  });
}

for (const [body, is] of [
  ['{"v":2,"about":"fleet","why":"tick"}', 'newer'],
  ['{"v":2,"fleet":true}', 'newer'],
  ['{"v":1,"about":"weather","place":"here"}', 'newer'],
  ['{"about":"weather"}', 'newer'],
  ['{"v":1,"about":"application","why":"no name"}', 'garbage'],
  ['{"v":0,"about":"fleet","why":"tick"}', 'garbage'],
  ['{"v":"2","about":"fleet","why":"tick"}', 'garbage'],
  ['{"about":7}', 'garbage'],
  ['{}', 'garbage'],
  ['[]', 'garbage'],
  ['null', 'garbage'],
  ['', 'garbage'],
  ['hello', 'garbage'],
] as const) {
  test(`message-body takes ${body || 'nothing'} for ${is}`, () => equal(readBody(body).is, is));
}

test('message-body shortens first what only people read', () => {
  const message: Message = { about: 'application', name: 'shop', why: 'ü'.repeat(200_000), trace: 't'.repeat(300_000) };
  const body = writeBody(message);
  ok(Buffer.byteLength(body) < maxBytes);
  const short = { ...message, why: 'ü'.repeat(500), trace: 't'.repeat(500) };
  deepEqual(readBody(body), { is: 'message', message: short });
});

test('message-body leaves as it is what just fits', () => {
  const name = 'n'.repeat(maxBytes - writeBody({ about: 'cluster', name: '', why: 'w' }).length);
  equal(Buffer.byteLength(writeBody({ about: 'cluster', name, why: 'w' })), maxBytes);
  throws(() => writeBody({ about: 'cluster', name: `${name}n`, why: 'w' }), {
    code: 'queue.message_too_large',
    facts: { about: 'cluster', sizeBytes: maxBytes + 1, maxBytes },
  });
});
