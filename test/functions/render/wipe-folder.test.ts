import { deepEqual, equal } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { wipeFolder } from '../../../functions/render/wipe-folder.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('wipe-folder empties a folder and leaves the folder', async (t) => {
  const folder = tempFolder(t);
  mkdirSync(join(folder, 'a/b/c'), { recursive: true });
  for (const file of ['a/b/c/x', '.hidden', 'x']) writeFileSync(join(folder, file), '');
  deepEqual(await wipeFolder(folder), []);
  deepEqual(readdirSync(folder), []);
});

test('wipe-folder removes a link, not what it leads to', async (t) => {
  const [folder, other] = [tempFolder(t), tempFolder(t)];
  writeFileSync(join(other, 'kept'), '');
  symlinkSync(other, join(folder, 'link'));
  deepEqual(await wipeFolder(folder), []);
  equal(existsSync(join(other, 'kept')), true);
});
