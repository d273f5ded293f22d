/** A cached program counts only while it is byte for byte what was put there. */
import { equal } from 'node:assert/strict';
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { keepFile, keptFile } from '../../../infra/local/verified-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const later = new Date('2030-01-01T00:00:00Z');

async function keptProgram(t: TestContext) {
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'half'), 'program');
  await keepFile(folder, { name: 'tool', from: join(folder, 'half'), origin: 'a test' });
  return { folder, path: join(folder, 'tool') };
}

test('verified-files gives a kept program, which can be run', async (t) => {
  const { folder, path } = await keptProgram(t);
  equal(await keptFile(folder, 'tool'), path);
  equal(statSync(path).mode & 0o111, 0o111);
});

test('verified-files still takes a program that was only touched', async (t) => {
  const { folder, path } = await keptProgram(t);
  utimesSync(path, later, later);
  equal(await keptFile(folder, 'tool'), path);
});

for (const { it, harm } of [
  { it: 'was changed without changing its size', harm: (path: string) => writeFileSync(path, 'PROGRAM') },
  { it: 'was cut short', harm: (path: string) => writeFileSync(path, 'pro') },
  { it: 'was deleted', harm: (path: string) => rmSync(path) },
  { it: 'lost its record', harm: (path: string) => rmSync(join(path, '..', 'manifest.json')) },
  {
    it: 'has a record that is half written',
    harm: (path: string) => writeFileSync(join(path, '..', 'manifest.json'), '{"tool"'),
  },
]) {
  test(`verified-files refuses a program that ${it}`, async (t) => {
    const { folder, path } = await keptProgram(t);
    harm(path);
    if (statSync(path, { throwIfNoEntry: false })) utimesSync(path, later, later);
    equal(await keptFile(folder, 'tool'), null);
  });
}

test('verified-files keeps the record of one program when another comes', async (t) => {
  const { folder, path } = await keptProgram(t);
  writeFileSync(join(folder, 'half'), 'another');
  await keepFile(folder, { name: 'other', from: join(folder, 'half'), origin: 'a test' });
  equal(await keptFile(folder, 'tool'), path);
  equal(await keptFile(folder, 'other'), join(folder, 'other'));
});
