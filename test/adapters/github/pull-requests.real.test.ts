/** The pull request of a rollback against our GitHub: real trees and commits, answers as GitHub documents them. */
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { git } from '../../../infra/local/git-server/git.ts';
import { githubPullRequests } from '../../../lib/adapters/github/pull-requests.ts';
import type { RevertProposal } from '../../../lib/ports/pull-requests.ts';
import { writeCommit } from '../../contracts/git-repository.ts';
import { startGithubDouble } from '../../doubles/github/github-double.ts';

const token = 'the token of the tests';
const file = (text: string) => ({ bytes: text });

async function opened(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-github-'));
  const double = await startGithubDouble({ folder, token });
  t.after(async () => {
    await double.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const repository = await double.createRepository('org/app');
  const first = await writeCommit(repository.folder, {
    files: {
      'deploy/a.yaml': file('a: 1\n'),
      'deploy/gone.yaml': file('g: 1\n'),
      'run.sh': { bytes: 'true\n', mode: '100755' },
    },
  });
  await writeCommit(repository.folder, {
    parent: first,
    files: { 'deploy/a.yaml': file('a: 2\n'), 'deploy/new.yaml': file('n: 1\n'), 'other/b.yaml': file('b: 1\n') },
  });
  const pullRequests = githubPullRequests({ url: double.url, token: async () => token, timeoutMs: 20_000 });
  const propose = (given: Partial<RevertProposal> = {}) =>
    pullRequests.proposeRevert(repository.url, {
      base: 'main',
      branch: 'trueup/shop-back',
      revision: first,
      paths: ['deploy'],
      title: 'Take shop back',
      body: 'Why it is so.',
      ...given,
    });
  const show = (...args: string[]) => git(repository.folder, ...args);
  return { double, repository, first, propose, show };
}

const filesAt = async (show: (...args: string[]) => Promise<string>, ref: string) =>
  (await show('ls-tree', '-r', '--name-only', ref)).trim().split('\n');

test('github pull-requests: the paths become what they were, on top of the branch, and all else stays', async (t) => {
  const { double, propose, show } = await opened(t);
  equal(await propose(), `${double.url}/org/app/pull/1`);
  const branch = 'trueup/shop-back';
  deepEqual(await filesAt(show, branch), ['deploy/a.yaml', 'deploy/gone.yaml', 'other/b.yaml']);
  equal(await show('show', `${branch}:deploy/a.yaml`), 'a: 1\n');
  equal(await show('rev-parse', `${branch}^`), await show('rev-parse', 'main'));
  equal(await show('log', '-1', '--format=%B', branch), 'Take shop back\n\nWhy it is so.\n\n');
  deepEqual(
    double.pulls.map(({ head, base, title, body }) => [head, base, title, body]),
    [[branch, 'main', 'Take shop back', 'Why it is so.']],
  );
});

test('github pull-requests: the root stands for everything, and what was not there goes', async (t) => {
  const { propose, show } = await opened(t);
  await propose({ paths: ['.'] });
  deepEqual(await filesAt(show, 'trueup/shop-back'), ['deploy/a.yaml', 'deploy/gone.yaml', 'run.sh']);
  match(await show('ls-tree', 'trueup/shop-back', 'run.sh'), /^100755/);
});

test('github pull-requests: a single file, and a path that never was', async (t) => {
  const { propose, show } = await opened(t);
  await propose({ paths: ['deploy/a.yaml', 'deploy/new.yaml', 'nowhere'] });
  deepEqual(await filesAt(show, 'trueup/shop-back'), ['deploy/a.yaml', 'other/b.yaml']);
});

test('github pull-requests: what the branch says already needs none', async (t) => {
  const { double, propose } = await opened(t);
  equal(await propose({ paths: ['nowhere'] }), null);
  deepEqual(double.pulls, []);
});

test('github pull-requests: asked again, it is the same one with the newest of the branch', async (t) => {
  const { double, repository, propose, show } = await opened(t);
  const url = await propose();
  await writeCommit(repository.folder, { files: { 'deploy/a.yaml': file('a: 3\n'), 'other/b.yaml': file('b: 2\n') } });
  equal(await propose(), url);
  equal(double.pulls.length, 1);
  equal(await show('show', 'trueup/shop-back:other/b.yaml'), 'b: 2\n');
});

test('github pull-requests: a token that may only read is told what it lacks', async (t) => {
  const { double, propose } = await opened(t);
  double.forbidWrites();
  await rejects(propose(), { code: 'git.pull_request_refused', hint: /Contents: write and Pull requests: write/ });
});

test('github pull-requests: a limit is no refusal', async (t) => {
  const { double, propose } = await opened(t);
  double.limit({ kind: 'primary', resetInSeconds: 30 });
  await rejects(propose(), { code: 'git.rate_limited' });
});

test('github pull-requests: a branch that is not there is named as such', async (t) => {
  const { propose } = await opened(t);
  await rejects(propose({ base: 'production' }), { code: 'git.revision_not_found' });
});
