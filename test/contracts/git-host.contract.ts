/** What every GitHost keeps: refs, commits, hashes and files as Git has them, and a coded fault for all that goes wrong. */
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { git } from '../../infra/local/git-server/git.ts';
import { binary, files, type GitHostUnderTest, limits, nobody, refuses } from './git-host.fixture.ts';
import { updateRefs, writeCommit, writeEvilTree } from './git-repository.ts';

export function gitHostContract(name: string, start: () => Promise<GitHostUnderTest>): void {
  describe(`git host ${name}`, { timeout: 120_000 }, () => {
    let under: GitHostUnderTest;
    let repo: { url: string; folder: string };
    let first: string;
    let second: string;

    before(async () => {
      under = await start();
      repo = await under.createRepository('org/app');
      first = await writeCommit(repo.folder, { message: 'First', files: { 'README.md': { bytes: 'Hello\n' } } });
      const message = 'Größer: 5 Replicas\n\nWeil es eng war.\n';
      const author = 'Jörg Müller <joerg@example.com>';
      second = await writeCommit(repo.folder, { message, author, parent: first, files });
      await git(repo.folder, 'update-ref', 'refs/heads/feature/x', first);
      await git(repo.folder, 'tag', 'light', first);
      await git(repo.folder, 'tag', '-a', '-m', 'Annotated', 'v1.0.0', second);
      await git(repo.folder, 'tag', '-a', '-m', 'A tag of a tag', 'nested', 'v1.0.0');
    });
    after(() => under?.stop());

    test('lists branches and tags, annotated tags as their commits', async () => {
      const heads = await under.host().heads(repo.url);
      ok(heads !== 'unchanged');
      const { etag, ...refs } = heads;
      notEqual(etag, '');
      deepEqual(refs, {
        defaultBranch: 'main',
        branches: { 'feature/x': first, main: second },
        tags: { light: first, nested: second, 'v1.0.0': second },
      });
    });

    test('says unchanged until any ref moves, whichever', async () => {
      const { url, folder } = await under.createRepository('org/moves');
      const one = await writeCommit(folder, { files: { a: { bytes: '1' } } });
      const host = under.host();
      const changes: (() => Promise<unknown>)[] = [
        () => writeCommit(folder, { parent: one, files: { a: { bytes: '2' } } }),
        () => git(folder, 'tag', 'v1', one),
        () => git(folder, 'branch', 'other', one),
        () => git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/other'),
        () => git(folder, 'tag', '-d', 'v1'),
      ];
      let heads = await host.heads(url);
      for (const change of changes) {
        ok(heads !== 'unchanged');
        equal(await host.heads(url, heads.etag), 'unchanged');
        await change();
        heads = await host.heads(url, heads.etag);
      }
      ok(heads !== 'unchanged');
      deepEqual([heads.defaultBranch, heads.tags], ['other', {}]);
    });

    test('lists an empty repository', async () => {
      const { url } = await under.createRepository('org/empty');
      const heads = await under.host().heads(url);
      ok(heads !== 'unchanged');
      deepEqual([heads.branches, heads.tags], [{}, {}]);
    });

    test('lists many refs', async () => {
      const { url, folder } = await under.createRepository('org/many');
      const sha = await writeCommit(folder, { files: { a: { bytes: '1' } } });
      const input = Array.from({ length: 250 }, (_, index) => `create refs/tags/t${index} ${sha}\n`).join('');
      await git(folder, 'tag', '-a', '-m', 'x', 'annotated', sha);
      updateRefs(folder, input);
      const heads = await under.host().heads(url);
      equal(heads !== 'unchanged' && Object.keys(heads.tags).length, 251);
      equal(heads !== 'unchanged' && heads.tags.annotated, sha);
    });

    test('reads a commit with its umlauts', async () => {
      const { url: page, ...commit } = await under.host().commit(repo.url, second);
      deepEqual(commit, {
        sha: second,
        author: 'Jörg Müller',
        email: 'joerg@example.com',
        message: 'Größer: 5 Replicas\n\nWeil es eng war.',
        at: '2023-11-14T23:13:20.000Z',
      });
      match(page, /^(https?:.*|)$/);
    });

    test('gives the ids of files, folders and the root, and null where there is nothing', async () => {
      const paths = [
        '.',
        'deploy',
        'deploy/nginx.yaml',
        'deploy/sub',
        'latest',
        'gone',
        'README.md/below',
        'deploy/gone',
      ];
      const id = async (path: string) => (await git(repo.folder, 'rev-parse', `${second}:${path}`)).trim();
      deepEqual(await under.host().hashes(repo.url, second, paths), {
        '.': await id(''),
        deploy: await id('deploy'),
        'deploy/nginx.yaml': await id('deploy/nginx.yaml'),
        'deploy/sub': await id('deploy/sub'),
        latest: await id('latest'),
        gone: null,
        'README.md/below': null,
        'deploy/gone': null,
      });
    });

    test('reads every file: text, empty, binary, executable, links as links', async () => {
      const read = await under.host().files(repo.url, second, limits);
      const expected = Object.entries(files).map(([path, { bytes, mode }]) => {
        if (mode === '120000') return [path, { kind: 'symlink', target: String(bytes) }];
        return [path, { kind: 'file', bytes: Buffer.from(bytes), executable: mode === '100755' }];
      });
      const found = [...read].map(([path, file]) => [
        path,
        file.kind === 'file' ? { ...file, bytes: Buffer.from(file.bytes) } : file,
      ]);
      deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
    });

    test('reads what Git would leave out of an archive or rewrite in it', async () => {
      const { url, folder } = await under.createRepository('org/attributes');
      const sha = await writeCommit(folder, {
        files: {
          '.gitattributes': { bytes: 'deploy export-ignore\nversion export-subst\n' },
          'deploy/nginx.yaml': { bytes: 'kind: Deployment\n' },
          'deploy/binary': { bytes: binary },
          version: { bytes: '$Format:%H$\n' },
        },
      });
      const read = await under.host().files(url, sha, limits);
      deepEqual([...read.keys()].toSorted(), ['.gitattributes', 'deploy/binary', 'deploy/nginx.yaml', 'version']);
      const kept = read.get('deploy/binary');
      ok(kept?.kind === 'file' && binary.equals(kept.bytes));
      const version = read.get('version');
      equal(version?.kind === 'file' && Buffer.from(version.bytes).toString(), '$Format:%H$\n');
    });

    test('reads 200 files that Git keeps as differences of each other, in deep folders', async () => {
      const { url, folder } = await under.createRepository('org/packed');
      const text = randomBytes(3000).toString('hex');
      const many = Object.fromEntries(
        Array.from({ length: 200 }, (_, index) => [
          `d${index % 7}/${'e/'.repeat(index % 5)}${'long'.repeat(20)}-${index}.yaml`,
          { bytes: `${text.slice(0, 20 * index)}# ${index}\n${text}` },
        ]),
      );
      const sha = await writeCommit(folder, { files: many });
      await git(folder, 'gc', '--quiet');
      const read = await under.host().files(url, sha, limits);
      equal(read.size, 200);
      for (const [path, { bytes }] of Object.entries(many)) {
        const file = read.get(path);
        equal(file?.kind === 'file' && Buffer.from(file.bytes).toString(), bytes);
      }
    });

    test('reads one commit for many callers at once', async () => {
      const host = under.host();
      const reads = Array.from({ length: 10 }, async (_, index) =>
        index % 2
          ? (await host.files(repo.url, second, limits)).size
          : (await host.hashes(repo.url, second, ['.']))['.'],
      );
      const answers = new Set(await Promise.all(reads));
      equal(answers.size, 2);
    });

    for (const { it, bound } of [
      { it: 'too many files', bound: { maxFiles: 3 } },
      { it: 'one too large', bound: { maxFileBytes: 50_000 } },
      { it: 'too many bytes', bound: { maxTotalBytes: 60_000 } },
    ]) {
      test(`refuses ${it}`, () =>
        refuses(under.host().files(repo.url, second, { ...limits, ...bound }), 'git.too_large'));
    }

    test('refuses a small pack of a very large file', async () => {
      const { url, folder } = await under.createRepository('org/bomb');
      const sha = await writeCommit(folder, { files: { zeros: { bytes: Buffer.alloc(20_000_000) } } });
      await refuses(under.host().files(url, sha, limits), 'git.too_large');
    });

    test('refuses a tree that names .. or .git', async () => {
      for (const evil of ['..', '.git', '.GIT']) {
        const { url, folder } = await under.createRepository(`org/evil-${evil.length}${evil === '.GIT' ? 'u' : ''}`);
        const sha = await writeEvilTree(folder, evil);
        await refuses(under.host().files(url, sha, limits), 'git.unsafe_path');
      }
    });

    test('says that there is no such repository', async () => {
      await refuses(under.host().heads(under.missingURL), 'git.repository_not_found');
      await refuses(under.host().commit(under.missingURL, second), 'git.repository_not_found');
      await refuses(under.host().files(under.missingURL, second, limits), 'git.repository_not_found');
    });

    test('says that there is no such commit', async () => {
      await refuses(under.host().commit(repo.url, nobody), 'git.revision_not_found');
      await refuses(under.host().hashes(repo.url, nobody, ['.']), 'git.revision_not_found');
      await refuses(under.host().files(repo.url, nobody, limits), 'git.revision_not_found');
    });

    test('says that a commit is gone after a force push', async () => {
      const { url, folder } = await under.createRepository('org/forced');
      const old = await writeCommit(folder, { files: { a: { bytes: 'old' } } });
      const host = under.host();
      equal((await host.files(url, old, limits)).size, 1);
      const sha = await writeCommit(folder, { files: { a: { bytes: 'new' } } });
      await git(folder, 'reflog', 'expire', '--expire=now', '--all');
      await git(folder, 'gc', '--quiet', '--prune=now');
      await refuses(under.host().files(url, old, limits), 'git.revision_not_found');
      const heads = await host.heads(url);
      equal(heads !== 'unchanged' && heads.branches.main, sha);
    });

    test('says that the token is wrong', async () => {
      await refuses(under.hostWithToken('wrong').heads(repo.url), 'git.unauthorized');
      await refuses(under.hostWithToken('wrong').files(repo.url, second, limits), 'git.unauthorized');
    });

    test('reads only repositories of its own host, and only by HTTP', async () => {
      await refuses(under.host().heads('https://git.example.org/org/app'), 'git.unknown_host');
      for (const url of ['file:///etc', '--upload-pack=id', 'ext::sh -c id']) {
        await refuses(under.host().heads(url), 'git.unsupported_url');
      }
    });

    test('says that nobody answers, once the server is down', async () => {
      const other = await start();
      const { url } = await other.createRepository('org/app');
      const host = other.host();
      await other.stop();
      await refuses(host.heads(url), 'git.unreachable');
    });
  });
}
