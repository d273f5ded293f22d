import { equal, notEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { isDeadWorker, workerName } from '../../../functions/wire/worker-name.ts';

test('worker-name: no two workers have one name', () => {
  notEqual(workerName(), workerName());
});

test('worker-name: a process that runs is alive, and dead when it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const holder = `${hostname()}/${child.pid}/0a0b`;
  equal(isDeadWorker(holder), false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  equal(isDeadWorker(holder), true);
});

for (const holder of ['elsewhere.example/1/0a0b', `${hostname()}/x/0a0b`, `${hostname()}`, '']) {
  test(`worker-name: nobody knows about ${JSON.stringify(holder)}, so it counts as alive`, () => {
    equal(isDeadWorker(holder), false);
  });
}

test('worker-name: our own number under another name is who had it before us', () => {
  equal(isDeadWorker(workerName()), true);
});
