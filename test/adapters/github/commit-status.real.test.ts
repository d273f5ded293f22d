import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { git } from '../../../infra/local/git-server/git.ts';
import { githubCommitStatus } from '../../../lib/adapters/github/commit-status.ts';
import { registerWebhook } from '../../../lib/adapters/github/register-webhook.ts';
import type { Event } from '../../../lib/core/event/event.ts';
import { signBody } from '../../../lib/core/push/sign-body.ts';
import { writeCommit } from '../../contracts/git-repository.ts';
import { type GithubDouble, startGithubDouble } from '../../doubles/github/github-double.ts';

const token = 't';

describe('what we write at GitHub', { timeout: 60_000 }, () => {
  let folder: string;
  let double: GithubDouble;
  let repo: { url: string; folder: string };
  let sha: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueup-github-'));
    double = await startGithubDouble({ folder, token });
    repo = await double.createRepository('org/app');
    sha = await writeCommit(repo.folder, { files: { a: { bytes: '1' } } });
  });
  after(async () => {
    await double?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const announcer = (repositoryOf: (application: string) => Promise<string | null> = async () => repo.url) => {
    const pageOf = (application: string) => `https://trueup.example.com/apps/${application}`;
    return githubCommitStatus({ url: double.url, token: async () => token, repositoryOf, pageOf });
  };
  const notice = (revision: string) => {
    const about = {
      id: '1',
      at: '2026-01-01T00:00:00.000Z',
      application: 'shop',
      cluster: 'prod',
      who: 'Ann',
      why: 'push',
    };
    const event: Event = { ...about, type: 'sync.started', revision };
    return { id: '1@github', channel: 'github', attempts: 0, event };
  };

  test('a commit carries the status of its sync', async () => {
    await announcer().announce(notice(sha));
    deepEqual(double.statuses, [
      {
        repository: 'org/app',
        sha,
        state: 'pending',
        context: 'trueup/shop',
        description: 'Syncing to prod',
        target_url: 'https://trueup.example.com/apps/shop',
      },
    ]);
  });

  test('an Application that is gone has no commit to write on', async () => {
    const before = double.statuses.length;
    await announcer(async () => null).announce(notice(sha));
    equal(double.statuses.length, before);
  });

  test('a commit that is gone is a fault of that name', async () => {
    await rejects(announcer().announce(notice('0'.repeat(40))), { code: 'git.revision_not_found' });
  });

  test('a webhook is registered once, and its secret renewed', async () => {
    const hook = { repoURL: repo.url, url: 'https://trueup.example.com/hooks/github' };
    equal(await registerWebhook({ url: double.url, token: async () => token }, { ...hook, secret: 'one' }), 'created');
    equal(await registerWebhook({ url: double.url, token: async () => token }, { ...hook, secret: 'two' }), 'updated');
    equal(double.hooks.length, 1);
    deepEqual(double.hooks[0]?.config, { url: hook.url, content_type: 'json', secret: 'two', insecure_ssl: '0' });
  });

  test('a registered webhook gets signed pushes of its repository, and of no other', async () => {
    const seen: { body: string; signature: string }[] = [];
    const receiver = createServer(async (request, response) => {
      seen.push({ body: await text(request), signature: String(request.headers['x-hub-signature-256']) });
      response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hooks/github`;
    await registerWebhook({ url: double.url, token: async () => token }, { repoURL: repo.url, url, secret: 'old' });
    await registerWebhook({ url: double.url, token: async () => token }, { repoURL: repo.url, url, secret: 'new' });
    const other = await double.createRepository('org/other');
    for (const to of [other, repo]) {
      await git(
        repo.folder,
        'push',
        '--quiet',
        to.url.replace('//', `//ann:${token}@`),
        `${sha}:refs/heads/${seen.length}x`,
      );
    }
    for (let waited = 0; seen.length === 0 && waited < 5000; waited += 10)
      await new Promise((resolve) => setTimeout(resolve, 10));
    receiver.close();
    equal(seen.length, 1);
    equal(seen[0]?.signature, signBody(seen[0]?.body ?? '', 'new'));
    equal(JSON.parse(seen[0]?.body ?? '').repository.full_name, 'org/app');
  });

  test('a URL that GitHub does not take is a fault of that name', async () => {
    const hook = { repoURL: repo.url, url: 'nowhere', secret: 's' };
    await rejects(registerWebhook({ url: double.url, token: async () => token }, hook), {
      code: 'git.webhook_refused',
    });
  });

  test('a token that may not see the repository cannot register a webhook', async () => {
    const hook = { repoURL: repo.url, url: 'https://trueup.example.com/hooks/x', secret: 's' };
    await rejects(registerWebhook({ url: double.url, token: async () => 'wrong' }, hook), { code: 'git.unauthorized' });
  });
});
