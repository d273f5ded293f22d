/** Whatever was started is undone, last first, and nothing stops the rest. */
import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { createCleanUp } from '../../../cli/demo/clean-up.ts';

test('clean-up: undoes the last first, and each once', async () => {
  const cleanUp = createCleanUp();
  const undone: string[] = [];
  for (const what of ['folder', 'cluster', 'serve']) cleanUp.add(what, async () => void undone.push(what));
  await cleanUp.run();
  await cleanUp.run();
  deepEqual(undone, ['serve', 'cluster', 'folder']);
});

test('clean-up: goes on after a failure and says what is left', async () => {
  const cleanUp = createCleanUp();
  const undone: string[] = [];
  cleanUp.add('folder', async () => void undone.push('folder'));
  cleanUp.add('cluster', () => Promise.reject(new Error('no')));
  deepEqual(await cleanUp.run(), ['cluster: no']);
  deepEqual(undone, ['folder']);
});

test('clean-up: does not wait for ever', async () => {
  const cleanUp = createCleanUp();
  const undone: string[] = [];
  cleanUp.add('folder', async () => void undone.push('folder'));
  cleanUp.add('cluster', () => new Promise(() => {}), { withinMs: 10 });
  deepEqual(await cleanUp.run(), ['cluster: did not end within 0.01 s']);
  deepEqual(undone, ['folder']);
});

test('clean-up: undoes also what was added while it ran', async () => {
  const cleanUp = createCleanUp();
  const undone: string[] = [];
  cleanUp.add('serve', async () => cleanUp.add('log', async () => void undone.push('log')));
  await cleanUp.run();
  deepEqual(undone, ['log']);
});
