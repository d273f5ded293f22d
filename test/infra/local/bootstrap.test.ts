/** When the npm packages are installed, and that two processes never install them at once. */
import { deepEqual, equal } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInstalled, lock } from '../../../infra/local/bootstrap.mjs';
import { tempFolder } from '../../support/temp-folder.ts';

const nobody = 999_999_999;
const wanted = {
  '': {},
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b': { version: '2.0.0', optional: true },
};

for (const { it, found, gives } of [
  { it: 'everything is there', found: wanted, gives: true },
  { it: 'a package for another platform is left out', found: { 'node_modules/a': { version: '1.0.0' } }, gives: true },
  { it: 'nothing is there', found: null, gives: false },
  { it: 'a package is missing', found: { 'node_modules/b': { version: '2.0.0' } }, gives: false },
  {
    it: 'a package is older than the lock file says',
    found: { ...wanted, 'node_modules/a': { version: '0.9.0' } },
    gives: false,
  },
  { it: 'an optional package is older', found: { ...wanted, 'node_modules/b': { version: '1.0.0' } }, gives: false },
]) {
  test(`bootstrap takes packages as ${gives ? '' : 'not '}installed when ${it}`, (t) => {
    const folder = tempFolder(t);
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    mkdirSync(join(folder, 'node_modules'));
    if (found !== null)
      writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: found }));
    equal(isInstalled(folder), gives);
  });
}

test('bootstrap lets one install at a time', async (t) => {
  const path = join(tempFolder(t), 'deep', 'lock');
  const order: string[] = [];
  const first = await lock(path);
  const second = lock(path, { pollMs: 5 }).then((release) => {
    order.push('second');
    release();
  });
  await sleep(30);
  order.push('first done');
  first();
  await second;
  deepEqual(order, ['first done', 'second']);
  deepEqual(readdirSync(join(path, '..')), []);
});

test('bootstrap takes the lock over from a process that was killed', async (t) => {
  const path = join(tempFolder(t), 'lock');
  writeFileSync(path, String(nobody));
  const release = await lock(path, { pollMs: 5 });
  equal(existsSync(path), true);
  release();
});
