import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderFleet } from '../../../lib/adapters/files/folder-fleet.ts';
import { readFolder } from '../../../lib/adapters/files/read-folder.ts';

const limits = { maxFiles: 10, maxFileBytes: 100, maxTotalBytes: 150 };

test('read-folder reads files at any depth, links as links, and not .git', async (t) => {
  const folder = makeFolder(t, { 'a.yaml': 'a', 'x/y/b.yaml': 'b', '.git/config': 'secret', 'x/.gitignore': 'z' });
  symlinkSync('/etc/passwd', join(folder, 'link'));
  writeFileSync(join(folder, 'run.sh'), '', { mode: 0o755 });
  const files = await readFolder(folder, limits);
  deepEqual([...files.keys()].sort(), ['a.yaml', 'link', 'run.sh', 'x/.gitignore', 'x/y/b.yaml']);
  deepEqual(files.get('link'), { kind: 'symlink', target: '/etc/passwd' });
  deepEqual(files.get('run.sh'), { kind: 'file', bytes: Buffer.from(''), executable: true });
});

for (const { it, files } of [
  { it: 'too many files', files: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`f${index}`, ''])) },
  { it: 'a file that is too large', files: { big: 'x'.repeat(101) } },
  { it: 'too much altogether', files: { a: 'x'.repeat(90), b: 'x'.repeat(90) } },
]) {
  test(`read-folder refuses ${it}`, async (t) => {
    await rejects(readFolder(makeFolder(t, files), limits), { code: 'render.folder_unreadable' });
  });
}

test('read-folder says that a folder is not there', async (t) => {
  await rejects(readFolder(join(makeFolder(t, {}), 'nope')), {
    code: 'render.folder_unreadable',
    message: /nope.*ENOENT/,
  });
});

test('folder-fleet reads the fleet anew each time and says where', async (t) => {
  const folder = makeFolder(t, { 'a.yaml': 'a' });
  const fleet = folderFleet(folder);
  equal((await fleet.read()).files.size, 1);
  writeFileSync(join(folder, 'b.yaml'), 'b');
  const { files, at } = await fleet.read();
  deepEqual([files.size, at], [2, folder]);
});

function makeFolder(t: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-read-folder-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
