/** Blobs in files: encrypted, whole or absent, and never mistaken for one another. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openBlobs } from '../../../lib/adapters/files/blobs.ts';
import { blobsContract } from '../../contracts/blobs.contract.ts';

const installationKey = new Uint8Array(32).fill(7);
const unreadable = { name: 'Fault', code: 'store.blob_unreadable' };

blobsContract('files', async (t) => openBlobs(temporaryFolder(t), { installationKey, now: 0 }));

test('files blobs: nothing of a blob or its key can be read on the disk, by others not even the file', async (t) => {
  const { blobs, folder, onlyFile } = await opened(t);
  await blobs.put('records/shop', Buffer.from('password: hunter2 '.repeat(100)));
  const bytes = readFileSync(onlyFile());
  ok(!bytes.includes('hunter2') && !bytes.includes('shop') && !onlyFile().includes('shop'));
  ok(bytes.length < 200, 'it is packed before it is encrypted');
  equal(statSync(onlyFile()).mode & 0o777, 0o600);
  equal(statSync(folder).mode & 0o777, 0o700);
});

test('files blobs: the same content is never written the same way twice', async (t) => {
  const { blobs, onlyFile } = await opened(t);
  await blobs.put('a', Uint8Array.of(1));
  const first = readFileSync(onlyFile());
  await blobs.put('a', Uint8Array.of(1));
  ok(!readFileSync(onlyFile()).equals(first));
});

for (const { it, change } of [
  { it: 'one flipped bit', change: (bytes: Buffer) => bytes.fill((bytes[40] ?? 0) ^ 1, 40, 41) },
  { it: 'a flipped nonce', change: (bytes: Buffer) => bytes.fill((bytes[1] ?? 0) ^ 1, 1, 2) },
  { it: 'a cut end', change: (bytes: Buffer) => bytes.subarray(0, -1) },
  { it: 'a cut tag', change: (bytes: Buffer) => bytes.subarray(0, 20) },
  { it: 'nothing in it', change: () => Buffer.alloc(0) },
  { it: 'something else in it', change: () => Buffer.from('kind: Deployment'.repeat(10)) },
  { it: 'another version', change: (bytes: Buffer) => bytes.fill(2, 0, 1) },
])
  test(`files blobs: a file with ${it} is refused`, async (t) => {
    const { blobs, onlyFile } = await opened(t);
    await blobs.put('a', Buffer.from('content that is long enough'));
    writeFileSync(onlyFile(), change(readFileSync(onlyFile())));
    await rejects(blobs.get('a'), unreadable);
    await blobs.put('a', Buffer.from('content'));
    equal(Buffer.from((await blobs.get('a')) ?? []).toString(), 'content');
  });

test('files blobs: a blob under the name of another is refused', async (t) => {
  const { blobs, folder, onlyFile } = await opened(t);
  await blobs.put('a', Buffer.from('content of a'));
  const fileOfA = onlyFile();
  await blobs.put('b', Buffer.from('content of b'));
  const fileOfB = readdirSync(folder)
    .map((file) => join(folder, file))
    .find((file) => file !== fileOfA);
  ok(fileOfB);
  writeFileSync(fileOfA, readFileSync(fileOfB));
  await rejects(blobs.get('a'), unreadable);
});

test('files blobs: another installation key opens nothing', async (t) => {
  const { blobs, folder } = await opened(t);
  await blobs.put('a', Buffer.from('content'));
  const others = await openBlobs(folder, { installationKey: new Uint8Array(32).fill(8), now: 0 });
  await rejects(others.get('a'), unreadable);
});

test('files blobs: what a killed writer left goes after an hour, and nothing else', async (t) => {
  const { blobs, folder } = await opened(t);
  await blobs.put('a', Buffer.from('content'));
  for (const [name, ageSeconds] of [
    ['old.tmp', 3601],
    ['new.tmp', 3599],
  ] as const) {
    writeFileSync(join(folder, name), 'half');
    utimesSync(join(folder, name), 10_000 - ageSeconds, 10_000 - ageSeconds);
  }
  const reopened = await openBlobs(folder, { installationKey, now: 10_000_000 });
  deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    ['new.tmp'],
  );
  equal(Buffer.from((await reopened.get('a')) ?? []).toString(), 'content');
});

test('files blobs: a write leaves nothing beside the file', async (t) => {
  const { blobs, folder } = await opened(t);
  await Promise.all(Array.from({ length: 20 }, () => blobs.put('a', Buffer.from('content'))));
  equal(readdirSync(folder).length, 1);
});

test('files blobs: a file in place of the folder is said', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'blobs'), '');
  await rejects(openBlobs(join(folder, 'blobs'), { installationKey, now: 0 }), { code: 'store.unavailable' });
});

test('files blobs: a folder that vanished is said', async (t) => {
  const { blobs, folder } = await opened(t);
  rmSync(folder, { recursive: true });
  await rejects(blobs.put('a', Uint8Array.of(1)), { name: 'Fault', code: 'store.unavailable' });
});

async function opened(t: TestContext) {
  const folder = join(temporaryFolder(t), 'blobs');
  const blobs = await openBlobs(folder, { installationKey, now: 0 });
  const onlyFile = () => {
    const [file, ...others] = readdirSync(folder);
    ok(file !== undefined && others.length === 0);
    return join(folder, file);
  };
  return { blobs, folder, onlyFile };
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-blobs-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
