/** The installation key is made once, stays the same, and is never guessed around when it is broken. */
import { deepEqual, equal, notDeepEqual, rejects } from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openInstallationKey } from '../../../lib/adapters/files/installation-key.ts';

test('installation key: made on first use, 32 bytes, readable by its owner only', async (t) => {
  const folder = temporaryFolder(t);
  const key = await openInstallationKey(join(folder, 'key'));
  equal(key.length, 32);
  equal(statSync(join(folder, 'key')).mode & 0o777, 0o600);
  deepEqual(readdirSync(folder), ['key']);
});

test('installation key: the same ever after, another for another installation', async (t) => {
  const folder = temporaryFolder(t);
  const key = await openInstallationKey(join(folder, 'key'));
  deepEqual(await openInstallationKey(join(folder, 'key')), key);
  notDeepEqual(await openInstallationKey(join(folder, 'other')), key);
});

test('installation key: those who come at once agree', async (t) => {
  const path = join(temporaryFolder(t), 'key');
  const keys = await Promise.all(Array.from({ length: 20 }, () => openInstallationKey(path)));
  equal(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size, 1);
});

for (const { it, content } of [
  { it: 'an empty file', content: '' },
  { it: 'a short key', content: 'ab'.repeat(31) },
  { it: 'a password', content: 'correct horse battery staple' },
])
  test(`installation key: ${it} is refused and left alone`, async (t) => {
    const path = join(temporaryFolder(t), 'key');
    writeFileSync(path, content);
    await rejects(openInstallationKey(path), { name: 'Fault', code: 'store.bad_key' });
    equal(statSync(path).size, content.length);
  });

test('installation key: a missing folder is said', async (t) => {
  await rejects(openInstallationKey(join(temporaryFolder(t), 'nowhere', 'key')), { code: 'store.unavailable' });
});

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-key-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
