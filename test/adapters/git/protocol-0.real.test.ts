import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as forward, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { git } from '../../../infra/local/git-server/git.ts';
import { type GitServer, startGitServer } from '../../../infra/local/git-server/git-server.ts';
import { gitHost } from '../../../lib/adapters/git/git-host.ts';
import { writeCommit } from '../../contracts/git-repository.ts';

const limits = { maxFiles: 100, maxFileBytes: 100_000, maxTotalBytes: 1_000_000 };

describe('git host, a server that knows only the first protocol', { timeout: 60_000 }, () => {
  let folder: string;
  let server: GitServer;
  let old: Server;
  let url: string;
  let repoFolder: string;
  let first: string;
  let second: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueup-git-'));
    server = await startGitServer({ folder });
    // Takes the wish for protocol 2 out of every request, as a proxy or an old server does.
    old = createServer((incoming, outgoing) => {
      const { 'git-protocol': _, ...headers } = incoming.headers;
      const onward = forward(
        new URL(incoming.url ?? '/', server.url),
        { method: incoming.method, headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    const address = old.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    repoFolder = (await server.createRepository('app')).folder;
    first = await writeCommit(repoFolder, { files: { a: { bytes: '1' } } });
    second = await writeCommit(repoFolder, { parent: first, files: { a: { bytes: '2' }, b: { bytes: '2' } } });
    await git(repoFolder, 'tag', '-a', '-m', 'x', 'v1', first);
  });
  after(async () => {
    old.closeAllConnections();
    old.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('lists its refs', async () => {
    const heads = await gitHost({ url }).heads(`${url}/app.git`);
    const read = heads === 'unchanged' ? null : [heads.defaultBranch, heads.branches, heads.tags];
    deepEqual(read, ['main', { main: second }, { v1: first }]);
  });

  test('lists an empty repository', async () => {
    await server.createRepository('empty');
    const heads = await gitHost({ url }).heads(`${url}/empty.git`);
    deepEqual(heads !== 'unchanged' && heads.branches, {});
  });

  test('reads the commit of a branch', async () => {
    equal((await gitHost({ url }).files(`${url}/app.git`, second, limits)).size, 2);
  });

  test('reads a commit that no ref points at, though the server does not send it by itself', async () => {
    await git(repoFolder, 'tag', '-d', 'v1');
    equal((await gitHost({ url }).files(`${url}/app.git`, first, limits)).size, 1);
  });

  test('says that there is no such commit', async () => {
    const files = gitHost({ url }).files(`${url}/app.git`, 'deadbeef'.repeat(5), limits);
    await rejects(files, { code: 'git.revision_not_found' });
  });
});
