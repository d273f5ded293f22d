import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { githubHost } from '../../../lib/adapters/github/git-host.ts';
import { gitHostContract } from '../../contracts/git-host.contract.ts';
import type { GitHostUnderTest } from '../../contracts/git-host.fixture.ts';
import { writeCommit } from '../../contracts/git-repository.ts';
import { type GithubDouble, startGithubDouble } from '../../doubles/github/github-double.ts';

const token = 'the token of the tests';
const limits = { maxFiles: 1000, maxFileBytes: 1_000_000, maxTotalBytes: 5_000_000 };

async function start(treeEntries: number): Promise<GitHostUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-github-'));
  const double = await startGithubDouble({ folder, token });
  double.truncateTreesAt(treeEntries);
  const hostWithToken = (given: string) => githubHost({ url: double.url, token: async () => given, timeoutMs: 20_000 });
  return {
    host: () => hostWithToken(token),
    hostWithToken,
    createRepository: double.createRepository,
    missingURL: `${double.url}/org/nowhere`,
    async stop() {
      await double.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

gitHostContract('github', () => start(100_000));
gitHostContract('github, trees cut short', () => start(1));

describe('git host github beyond the contract', { timeout: 60_000 }, () => {
  let folder: string;
  let double: GithubDouble;
  let repo: { url: string; folder: string };
  let sha: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueup-github-'));
    double = await startGithubDouble({ folder, token });
    repo = await double.createRepository('org/app');
    sha = await writeCommit(repo.folder, { files: { 'deploy/a.yaml': { bytes: 'kind: A\n' } } });
  });
  after(async () => {
    await double?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const host = () => githubHost({ url: double.url, token: async () => token });

  test('looks up an abbreviated SHA', async () => {
    equal((await host().commit(repo.url, sha.slice(0, 8))).sha, sha);
  });

  test('gives the page of a commit', async () => {
    equal((await host().commit(repo.url, sha)).url, `${double.url}/org/app/commit/${sha}`);
  });

  test('asks only conditionally while nothing moves, and reads a tree and its archive once', async () => {
    const heads = await host().heads(repo.url);
    double.requests.length = 0;
    equal(await host().heads(repo.url, heads === 'unchanged' ? '' : heads.etag), 'unchanged');
    deepEqual(
      double.requests.map(({ status }) => status),
      [304, 304, 304],
    );
    double.requests.length = 0;
    await host().files(repo.url, sha, limits);
    deepEqual(
      double.requests.map(({ status }) => status),
      [200, 302, 200],
    );
  });

  test('takes an etag that is not its own for none', async () => {
    const heads = await host().heads(repo.url, 'of another kind of host');
    equal(heads !== 'unchanged' && heads.branches.main, sha);
  });

  for (const { it, limit, waits } of [
    { it: 'the primary limit is reached', limit: { kind: 'primary', resetInSeconds: 90 }, waits: 90_000 },
    { it: 'the secondary limit is reached', limit: { kind: 'secondary', retryAfterSeconds: 7 }, waits: 7000 },
    { it: 'the secondary limit is told in words only', limit: { kind: 'secondary-in-words' }, waits: 60_000 },
  ] as const) {
    test(`says how long to wait when ${it}`, async () => {
      double.limit(limit);
      try {
        await rejects(host().heads(repo.url), {
          code: 'git.rate_limited',
          facts: { repoURL: repo.url, retryAfterMs: waits },
        });
        await rejects(host().files(repo.url, sha, limits), { code: 'git.rate_limited' });
      } finally {
        double.limit(null);
      }
    });
  }

  test('says that GitHub is broken when it answers 502', async () => {
    double.limit({ kind: 'broken' });
    await rejects(host().heads(repo.url), { code: 'git.unreachable' });
    double.limit(null);
  });

  test('says that there is no repository when a private one is asked for without a token', async () => {
    await rejects(githubHost({ url: double.url }).heads(repo.url), { code: 'git.repository_not_found' });
  });

  test('says that OWNER/NAME is what GitHub has', async () => {
    await rejects(host().heads(`${double.url}/org/group/app`), { code: 'git.unsupported_url' });
  });
});
