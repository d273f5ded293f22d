import { equal, rejects, throws } from 'node:assert/strict';
import test from 'node:test';
import { wireGitHosts } from '../../../functions/wire/wire-git-hosts.ts';
import { openSecrets } from '../../../lib/adapters/secrets/secrets.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';

function wired(gitHosts: string, env: Record<string, string> = {}) {
  const text = `
store: {kind: sqlite, path: a}
clusters: [{name: prod, inCluster: true}]
fleet: {path: b}
gitHosts: ${gitHosts}
`;
  return wireGitHosts(parseConfig(text, 'trueup.yaml'), openSecrets({ env, folder: '.', path: 'trueup.yaml' }));
}

test('wire-git-hosts gives a repository to the entry with the longest URL that covers it', async () => {
  const gitHost = wired(
    '[{name: a, kind: git, url: "https://git.example.com"}, {name: b, kind: git, url: "https://git.example.com/team"}]',
  );
  const [own, other] = [gitHost('https://git.example.com/team/app'), gitHost('https://git.example.com/else/app')];
  equal(own === gitHost('https://git.example.com/team/app2.git'), true);
  equal(own === other, false);
});

test('wire-git-hosts refuses a repository that no entry covers, and names those there are', async () => {
  const gitHost = wired('[{name: a, kind: git, url: "https://git.example.com"}]');
  throws(() => gitHost('https://elsewhere.example.com/a/b'), {
    code: 'git.unknown_host',
    hint: /https:\/\/git\.example\.com/,
  });
});

test('wire-git-hosts keeps a missing token from the other entries', async () => {
  const gitHost = wired(
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
  const gitHost = wired('[{name: a, kind: github, app: {id: 1, installationId: 2, privateKey: {env: KEY}}}]');
  throws(() => gitHost('https://github.com/team/app'), { code: 'config.app_unsupported' });
});
