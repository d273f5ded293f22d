import { deepEqual, equal, rejects } from 'node:assert/strict';
import test from 'node:test';
import { repositoryFleet } from '../../../functions/wire/repository-fleet.ts';
import type { SourceFile } from '../../../lib/core/render/source-files.ts';
import type { GitHost } from '../../../lib/ports/git-host.ts';

const sha = 'a'.repeat(40);
const file: SourceFile = { kind: 'file', bytes: new Uint8Array(), executable: false };
const host: GitHost = {
  heads: async () => ({ defaultBranch: 'main', branches: { main: sha }, tags: {}, etag: '' }),
  commit: async () => Promise.reject(new Error('not part of this test')),
  hashes: async () => ({}),
  files: async (_, asked) => {
    equal(asked, sha);
    return new Map(['apps/shop.yaml', 'apps/team/web.yaml', 'apps.yaml', 'README.md'].map((path) => [path, file]));
  },
};
const repoURL = 'https://git.example.com/team/fleet';

for (const [path, names] of [
  ['apps', ['shop.yaml', 'team/web.yaml']],
  ['./apps/', ['shop.yaml', 'team/web.yaml']],
  ['.', ['apps/shop.yaml', 'apps/team/web.yaml', 'apps.yaml', 'README.md']],
  ['elsewhere', []],
] as const) {
  test(`repository-fleet reads the documents below '${path}' at what the branch points to`, async () => {
    const { files, at } = await repositoryFleet({ repoURL, path, targetRevision: 'main' }, () => host).read();
    deepEqual([...files.keys()], names);
    equal(at, `${repoURL} at ${sha}`);
  });
}

test('repository-fleet refuses a branch that there is not', async () => {
  const fleet = repositoryFleet({ repoURL, path: '.', targetRevision: 'mian' }, () => host);
  await rejects(fleet.read(), { code: 'git.revision_not_found' });
});
