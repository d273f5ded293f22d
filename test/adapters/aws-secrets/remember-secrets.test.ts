import { deepEqual, equal, rejects } from 'node:assert/strict';
import test from 'node:test';
import { rememberSecrets } from '../../../lib/adapters/aws-secrets/remember-secrets.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const minuteMs = 60_000;
const facts = { path: 'trueup.yaml', reference: '{ssm: a}', because: 'down' };
const unreachable = new Fault('config.secret_unreachable', facts);

/** `answer` is what the service says now; `asked` counts how often it was. */
function opened() {
  let at = 0;
  const service = { asked: 0, answer: async () => 'first' };
  const warned: { name: string; facts: Record<string, unknown> | undefined }[] = [];
  const read = rememberSecrets({
    read: () => {
      service.asked += 1;
      return service.answer();
    },
    now: () => at,
    log: { info: () => {}, warn: (name, about) => void warned.push({ name, facts: about }), error: () => {} },
  });
  const pass = (ms: number) => {
    at += ms;
  };
  return { read, service, warned, pass };
}

test('remember-secrets asks once in five minutes, and then again', async () => {
  const { read, service, pass } = opened();
  await read('a');
  pass(5 * minuteMs - 1);
  await read('a');
  equal(service.asked, 1);
  pass(1);
  service.answer = async () => 'second';
  equal(await read('a'), 'second');
  equal(service.asked, 2);
});

test('remember-secrets asks once for all who ask at the same time', async () => {
  const { read, service } = opened();
  deepEqual(await Promise.all([read('a'), read('a'), read('a', { fresh: true })]), ['first', 'first', 'first']);
  equal(service.asked, 1);
});

test('remember-secrets keeps secrets apart', async () => {
  const { read, service } = opened();
  await Promise.all([read('a'), read('b')]);
  equal(service.asked, 2);
});

test('remember-secrets asks afresh when told, but not more often than every ten seconds', async () => {
  const { read, service, pass } = opened();
  await read('a');
  service.answer = async () => 'rotated';
  pass(9_999);
  equal(await read('a', { fresh: true }), 'first');
  pass(1);
  equal(await read('a', { fresh: true }), 'rotated');
  equal(await read('a'), 'rotated');
  equal(service.asked, 2);
});

test('remember-secrets serves the old value for an hour while the service fails, and says so', async () => {
  const { read, service, warned, pass } = opened();
  await read('a');
  service.answer = () => Promise.reject(unreachable);
  pass(60 * minuteMs - 1);
  equal(await read('a'), 'first');
  deepEqual(warned, [
    { name: 'secret.outlasts', facts: { name: 'a', ageMs: 60 * minuteMs - 1, because: String(unreachable) } },
  ]);
  equal(await read('a'), 'first');
  equal(service.asked, 2);
  pass(10_000);
  await rejects(read('a'), { code: 'config.secret_unreachable' });
});

for (const code of ['config.secret_missing', 'config.secret_denied'] as const) {
  test(`remember-secrets believes at once that a secret is gone or taken away: ${code}`, async () => {
    const { read, service, pass } = opened();
    await read('a');
    pass(5 * minuteMs);
    service.answer = () => Promise.reject(new Fault(code, facts));
    await rejects(read('a'), { code });
    await rejects(read('a'), { code });
  });
}

test('remember-secrets asks again at once after a failure that left nothing to serve', async () => {
  const { read, service } = opened();
  service.answer = () => Promise.reject(unreachable);
  await rejects(read('a'), { code: 'config.secret_unreachable' });
  service.answer = async () => 'back';
  equal(await read('a'), 'back');
});
