import { deepEqual, equal, rejects, throws } from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { wireGitHosts } from '../../../functions/wire/wire-git-hosts.ts';
import { openSecrets } from '../../../lib/adapters/secrets/secrets.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';

function wired(gitHosts: string, { credentials = '[]', env = {} as Record<string, string> } = {}) {
  const text = `
store: {kind: sqlite, path: a}
clusters: [{name: prod, inCluster: true}]
fleet: {path: b}
gitHosts: ${gitHosts}
credentials: ${credentials}
`;
  return wireGitHosts(parseConfig(text, 'trueup.yaml'), openSecrets({ env, folder: '.', path: 'trueup.yaml' }));
}

test('wire-git-hosts gives a repository to the entry with the longest URL that covers it', async () => {
  const { gitHost } = wired(
    '[{name: a, kind: git, url: "https://git.example.com"}, {name: b, kind: git, url: "https://git.example.com/team"}]',
  );
  const [own, other] = [gitHost('https://git.example.com/team/app'), gitHost('https://git.example.com/else/app')];
  equal(own === gitHost('https://git.example.com/team/app2.git'), true);
  equal(own === other, false);
});

test('wire-git-hosts refuses a repository that no entry covers, and names those there are', async () => {
  const { gitHost } = wired('[{name: a, kind: git, url: "https://git.example.com"}]');
  throws(() => gitHost('https://elsewhere.example.com/a/b'), {
    code: 'git.unknown_host',
    hint: /https:\/\/git\.example\.com/,
  });
});

test('wire-git-hosts keeps a missing token from the other entries', async () => {
  const { gitHost } = wired(
    '[{name: a, kind: git, url: "https://a.example.com", token: {env: NOT_SET}}, {name: b, kind: git, url: "https://b.example.com"}]',
  );
  await rejects(gitHost('https://a.example.com/team/app').heads('https://a.example.com/team/app'), {
    code: 'config.secret_missing',
  });
  await rejects(gitHost('https://b.example.com/team/app').commit('https://b.example.com/team/app', 'abc'), {
    code: 'git.revision_not_found',
  });
});

test('wire-git-hosts says plainly that it cannot be a GitHub App', async () => {
  const { gitHost } = wired('[{name: a, kind: github, app: {id: 1, installationId: 2, privateKey: {env: KEY}}}]');
  throws(() => gitHost('https://github.com/team/app'), { code: 'config.app_unsupported' });
});

test('wire-git-hosts shows a project’s own password to its Applications alone', async (t) => {
  const shown: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    shown.push(authorization && Buffer.from(authorization.replace('Basic ', ''), 'base64').toString());
    response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const { gitHost, readerOf } = wired(`[{name: a, kind: git, url: "${url}", token: {env: ALL}}]`, {
    credentials: `[
      {urlPrefix: "${url}/team", project: one, username: one, password: {env: ONE}},
      {urlPrefix: "${url}/team", project: two, username: two, password: {env: TWO}}]`,
    env: { ALL: 'all', ONE: 'canary-1', TWO: 'canary-2' },
  });
  const app = `${url}/team/app.git`;
  const tellsWith = async (project: string | undefined, repoURL = app) => {
    shown.length = 0;
    await gitHost(repoURL, project)
      .heads(repoURL)
      .catch(() => null);
    return [...new Set(shown)];
  };
  deepEqual(await tellsWith('one'), ['one:canary-1']);
  deepEqual(await tellsWith('two'), ['two:canary-2']);
  deepEqual(await tellsWith('three'), ['git:all']);
  deepEqual(await tellsWith(undefined), ['git:all'], 'the fleet is nobody’s');
  deepEqual(await tellsWith('one', `${url}/else/app`), ['git:all']);
  deepEqual([readerOf(app, 'one'), readerOf(app, 'three')], ['one', null]);
});

test('wire-git-hosts opens pull requests at GitHub, and says plainly that it does so nowhere else', () => {
  const { pullRequests } = wired(
    '[{name: a, kind: github}, {name: b, kind: git, url: "https://git.example.com"}, {name: c, kind: gitlab, url: "https://gitlab.com"}]',
  );
  equal(typeof pullRequests('https://github.com/team/app').proposeRevert, 'function');
  for (const host of ['git.example.com', 'gitlab.com', 'elsewhere.example.com'])
    throws(() => pullRequests(`https://${host}/team/app`), { code: 'git.no_pull_requests', hint: /kind github/ });
});
