import { deepEqual, equal, throws } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { GitObject, GitObjects } from '../../../lib/adapters/git/read-pack.ts';
import { hashOf, listFiles, type Snapshot } from '../../../lib/adapters/git/snapshot.ts';
import { snapshotCache } from '../../../lib/adapters/git/snapshot-cache.ts';

/** A repository written by hand, as nobody's git would write it. */
function repository() {
  const objects: GitObjects = new Map();
  const put = (type: GitObject['type'], bytes: Buffer) => {
    const id = createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
    objects.set(id, { type, bytes });
    return id;
  };
  const tree = (entries: [mode: string, name: string, id: string][]) =>
    put(
      'tree',
      Buffer.concat(entries.flatMap(([mode, name, id]) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')])),
    );
  const snapshot = (root: string): Snapshot => {
    const sha = put('commit', Buffer.from(`tree ${root}\n\nx`));
    return { repoURL: 'https://git.example.com/a', sha, objects, hasFiles: true, sizeBytes: 0 };
  };
  return { put, tree, snapshot };
}

test('snapshot leaves submodules out, and lists what is below folders', () => {
  const { put, tree, snapshot } = repository();
  const blob = put('blob', Buffer.from('1'));
  const folder = tree([['100755', 'run', blob]]);
  const root = tree([
    ['100644', 'a', blob],
    ['40000', 'bin', folder],
    ['120000', 'link', blob],
    ['160000', 'other', blob],
  ]);
  deepEqual(
    [...listFiles(snapshot(root), { maxFolders: 10 })].map(({ path, kind }) => [path, kind]),
    [
      ['a', 'file'],
      ['link', 'symlink'],
      ['bin/run', 'executable'],
    ],
  );
});

test('snapshot stops at folders that hold each other ten times over, ten levels deep, and no file', () => {
  const { tree, snapshot } = repository();
  let folder = tree([]);
  for (let level = 0; level < 10; level++) {
    folder = tree(Array.from({ length: 10 }, (_, index) => ['40000', `f${index}`, folder]));
  }
  throws(() => [...listFiles(snapshot(folder), { maxFolders: 1000 })], { code: 'git.too_large' });
});

test('snapshot stops at a path that no system could hold', () => {
  const { tree, snapshot } = repository();
  let folder = tree([]);
  for (let level = 0; level < 3000; level++) folder = tree([['40000', 'ab', folder]]);
  throws(() => [...listFiles(snapshot(folder), { maxFolders: 1e6 })], { code: 'git.unsafe_path' });
});

test('snapshot says that an object is missing, or is no commit', () => {
  const { tree, put, snapshot } = repository();
  const incomplete = snapshot(tree([['40000', 'gone', '0'.repeat(40)]]));
  throws(() => hashOf(incomplete, 'gone/a'), { code: 'git.not_understood' });
  throws(() => hashOf({ ...incomplete, sha: put('blob', Buffer.from('x')) }, 'a'), { code: 'git.revision_not_found' });
});

function fake(sizeBytes: number, hasFiles = true): Snapshot {
  return { repoURL: 'https://git.example.com/a', sha: '', objects: new Map(), hasFiles, sizeBytes };
}

test('snapshot-cache fetches once for many callers, and again after a failure', async () => {
  const cache = snapshotCache({ maxBytes: 100 });
  let fetched = 0;
  const fetch = async () => {
    fetched += 1;
    if (fetched === 1) throw new Error('down');
    return fake(10);
  };
  const all = await Promise.allSettled([1, 2, 3].map(() => cache.get('a', { withFiles: true }, fetch)));
  deepEqual(
    all.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected'],
  );
  await Promise.all([1, 2, 3].map(() => cache.get('a', { withFiles: true }, fetch)));
  equal(fetched, 2);
});

test('snapshot-cache drops the commit that was not asked for longest', async () => {
  const cache = snapshotCache({ maxBytes: 100 });
  const fetched: string[] = [];
  const get = (key: string) =>
    cache.get(key, { withFiles: true }, async () => {
      fetched.push(key);
      return fake(40);
    });
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await get(key);
  deepEqual(fetched, ['a', 'b', 'c', 'b']);
});

test('snapshot-cache fetches again when files are wanted and only trees are there', async () => {
  const cache = snapshotCache({ maxBytes: 100 });
  const fetched: boolean[] = [];
  const get = (withFiles: boolean) =>
    cache.get('a', { withFiles }, async () => {
      fetched.push(withFiles);
      return fake(10, withFiles);
    });
  for (const withFiles of [false, false, true, false, true]) await get(withFiles);
  deepEqual(fetched, [false, true]);
});
