/** Waiting for a promise ends with it, with a fault, or with Ctrl-C. */
import { equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { createUntil } from '../../../cli/demo/until.ts';

const { signal } = new AbortController();

test('until: gives what was found', async () => {
  const answers = [null, 0];
  equal(await createUntil({ withinMs: 5_000, signal })('a number', async () => answers.shift() ?? 7), 7);
});

test('until: names the promise that was not kept', async () => {
  const until = createUntil({ withinMs: 20, signal });
  await rejects(
    until('5 pods run', async () => null),
    { code: 'demo.broken_promise', message: /0\.02 s .*: 5 pods run$/ },
  );
});

test('until: ends at once when the demo is ended', async () => {
  const controller = new AbortController();
  const waiting = createUntil({ withinMs: 60_000, signal: controller.signal })('never', async () => null);
  controller.abort();
  await rejects(waiting, { name: 'AbortError' });
});

test('until: passes on what looking failed with', async () => {
  const until = createUntil({ withinMs: 5_000, signal });
  await rejects(
    until('anything', () => Promise.reject(new TypeError('kubectl is gone'))),
    { name: 'TypeError', message: 'kubectl is gone' },
  );
});
