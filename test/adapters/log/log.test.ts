import { deepEqual, equal, match, ok } from 'node:assert/strict';
import test from 'node:test';
import { jsonLog } from '../../../lib/adapters/log/json-log.ts';
import { prettyLog } from '../../../lib/adapters/log/pretty-log.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const now = () => Date.UTC(2026, 0, 31, 12, 3, 4, 5);

function written(log: typeof jsonLog, use: (log: ReturnType<typeof jsonLog>) => void): string {
  const lines: string[] = [];
  use(log((line) => lines.push(line), now));
  return lines.join('');
}

test('json-log writes time, level, name and facts as one line of JSON', () => {
  const line = written(jsonLog, (log) => log.info('object.applied', { object: 'a\nb', count: 2 }));
  ok(line.endsWith('}\n') && line.split('\n').length === 2);
  deepEqual(JSON.parse(line), {
    at: '2026-01-31T12:03:04.005Z',
    level: 'info',
    name: 'object.applied',
    object: 'a\nb',
    count: 2,
  });
});

test('json-log keeps the code and hint of a fault, and the stack of what caused it', () => {
  const cause = new TypeError('socket closed');
  const line = written(jsonLog, (log) =>
    log.error('message.failed', {}, new Fault('store.full', { path: '/a' }, { cause })),
  );
  const { error } = JSON.parse(line);
  equal(error.code, 'store.full');
  match(error.hint, /Free space/);
  match(error.cause.stack, /socket closed/);
});

for (const [name, log] of [
  ['json-log', jsonLog],
  ['pretty-log', prettyLog],
] as const) {
  test(`${name} never shows what a key calls a secret, however deep`, () => {
    const facts = {
      token: 'hunter2',
      nested: [{ webhookSecret: 'hunter2', Authorization: 'hunter2', privateKey: 'hunter2' }],
    };
    const line = written(log, (to) => to.warn('a', facts));
    ok(!line.includes('hunter2'));
    match(line, /\(redacted\)/);
  });

  test(`${name} never shows a token of EKS, whatever stands around it`, () => {
    const token = 'k8s-aws-v1.aHR0cHM6Ly9zdHMuZXUtd2VzdC0x_-';
    const error = new TypeError(`sent ${token}`, { cause: new Error(`with Bearer ${token}, refused`) });
    const line = written(log, (to) => to.error('a', { said: `Bearer ${token}`, error }, error));
    ok(!line.includes('k8s-aws-v1.') && !line.includes('aHR0cHM6'));
    match(line, /with Bearer \(redacted\), refused/);
  });

  test(`${name} never shows what signs a URL, nor a password in one`, () => {
    const texts = [
      'https://b.s3.eu-west-1.amazonaws.com/render/1/in?X-Amz-Expires=120&X-Amz-Credential=hunter2&X-Amz-Signature=hunter2',
      'GET /?X-Amz-Security-Token=hunter2&Action=GetCallerIdentity',
      'should have been\nhost:sqs\nx-amz-security-token:hunter2\n\nhost',
      'clone https://git:hunter2@git.example.com/shop.git and ssh://git@git.example.com:22/shop.git',
    ];
    const line = written(log, (to) => to.error('a', { texts }, new Error(texts.join(' '))));
    ok(!line.includes('hunter2'));
    for (const rest of [
      'X-Amz-Expires=120',
      'Action=GetCallerIdentity',
      '@git.example.com/shop.git',
      'ssh://git@git.',
    ]) {
      ok(line.includes(rest), rest);
    }
  });

  test(`${name} writes the size of bytes instead of the bytes, and ends at what is endless`, () => {
    const endless: Record<string, unknown> = { bytes: new TextEncoder().encode('hunter2') };
    endless.self = endless;
    const line = written(log, (to) => to.info('a', endless));
    match(line, /7 bytes/);
    ok(line.length < 2000);
  });
}

test('pretty-log writes a line that people read', () => {
  equal(
    written(prettyLog, (log) => log.info('object.applied', { object: 'Deployment web', left: undefined, n: 1 })),
    '12:03:04 \u001b[36mobject.applied\u001b[0m object=Deployment web n=1\n',
  );
});
