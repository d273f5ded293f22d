import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { git, gitEnvironment } from '../../../infra/local/git-server/git.ts';
import { PackTooLarge, readPack } from '../../../lib/adapters/git/read-pack.ts';
import { writeCommit } from '../../contracts/git-repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'trueup-pack-'));
after(() => rmSync(folder, { recursive: true, force: true }));
await git(folder, 'init', '--quiet', '--bare', '--initial-branch=main');
const text = randomBytes(20_000).toString('hex');
let parent: string | undefined;
for (let index = 0; index < 20; index++) {
  parent = await writeCommit(folder, {
    ...(parent && { parent }),
    files: { a: { bytes: `${index}${text}` }, b: { bytes: text.slice(index * 100) }, empty: { bytes: '' } },
  });
}
await git(folder, 'tag', '-a', '-m', 'x', 'v1');
const listing = (await git(folder, 'cat-file', '--batch-all-objects', '--batch-check')).trim().split('\n').toSorted();

function pack(...options: string[]): Buffer {
  const args = ['pack-objects', '--all', '--stdout', '--quiet', '--depth=20', ...options];
  return execFileSync('git', args, { cwd: folder, env: gitEnvironment, input: '', maxBuffer: 1e8 });
}

for (const { it, options } of [
  { it: 'deltas by offset', options: ['--delta-base-offset'] },
  { it: 'deltas by name', options: [] },
  { it: 'no deltas', options: ['--window=0'] },
]) {
  test(`read-pack finds every object of a pack with ${it}`, async () => {
    const objects = await readPack(pack(...options), { maxBytes: 1e8 });
    deepEqual([...objects].map(([id, { type, bytes }]) => `${id} ${type} ${bytes.length}`).toSorted(), listing);
  });
}

test('read-pack stops before it unpacks too much', async () => {
  await rejects(readPack(pack(), { maxBytes: 100_000 }), PackTooLarge);
});

test('read-pack refuses a damaged pack, wherever the damage is', async () => {
  const good = pack('--delta-base-offset');
  ok(good.length > 1000);
  for (const at of [0, 5, 11, 12, 13, 40, 500, good.length - 21, good.length - 1]) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ 0x55;
    await rejects(readPack(bad, { maxBytes: 1e8 }));
  }
  await rejects(readPack(good.subarray(0, 500), { maxBytes: 1e8 }), RangeError);
  equal((await readPack(good, { maxBytes: 1e8 })).size, listing.length);
});
