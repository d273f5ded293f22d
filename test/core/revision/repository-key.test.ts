import { equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { coversRepository } from '../../../lib/core/revision/covers-repository.ts';
import { repositoryKey } from '../../../lib/core/revision/repository-key.ts';
import { readRepositoryUrl } from '../../../lib/core/revision/repository-url.ts';
import { sameRepository } from '../../../lib/core/revision/same-repository.ts';

for (const { it, given, gives } of [
  { it: 'drops the scheme and .git', given: 'https://github.com/org/app.git', gives: 'github.com/org/app' },
  { it: 'drops trailing slashes', given: 'https://github.com/org/app.git//', gives: 'github.com/org/app' },
  { it: 'ignores case', given: 'https://GitHub.com/Org/App', gives: 'github.com/org/app' },
  { it: 'drops user and token', given: 'https://me:secret@github.com/org/app', gives: 'github.com/org/app' },
  { it: 'reads the scp-like form', given: 'git@github.com:org/app.git', gives: 'github.com/org/app' },
  { it: 'reads the scp-like form with a leading slash', given: 'git@github.com:/org/app', gives: 'github.com/org/app' },
  { it: 'drops the port of ssh', given: 'ssh://git@git.corp:2222/org/app', gives: 'git.corp/org/app' },
  { it: 'drops the port of https', given: 'https://git.corp:8443/org/app', gives: 'git.corp/org/app' },
  { it: 'keeps the http port of a loopback address', given: 'http://127.0.0.1:3000/a.git', gives: '127.0.0.1:3000/a' },
  { it: 'keeps the http port of localhost', given: 'http://localhost:3000/a', gives: 'localhost:3000/a' },
  { it: 'keeps the http port of IPv6 loopback', given: 'http://[::1]:3000/a', gives: '[::1]:3000/a' },
  { it: 'knows the ssh-over-443 names', given: 'ssh://git@ssh.github.com:443/org/app', gives: 'github.com/org/app' },
  { it: 'knows altssh', given: 'ssh://git@altssh.bitbucket.org:443/a/b', gives: 'bitbucket.org/a/b' },
  { it: 'keeps groups of groups', given: 'https://gitlab.com/a/b/c.git', gives: 'gitlab.com/a/b/c' },
]) {
  test(`repository-key ${it}`, () => equal(repositoryKey(given), gives));
}

for (const url of [
  '',
  '-uorg/app',
  '--upload-pack=touch /tmp/x',
  'file:///etc',
  'ext::sh -c id',
  '/srv/git/app',
  './app',
  'https://github.com',
  'https://github.com/',
  'https://github.com/org/%2e%2e/%2e%2e',
  'ssh://git@host/-oProxyCommand=x',
  'ftp://host/a',
]) {
  test(`repository-url refuses ${JSON.stringify(url)} with a coded fault`, () => {
    throws(
      () => readRepositoryUrl(url),
      (error) => error instanceof Fault && error.code === 'git.unsupported_url',
    );
  });
}

test('repository-url never throws anything but a Fault', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
      try {
        readRepositoryUrl(text);
      } catch (error) {
        ok(error instanceof Fault);
      }
    }),
  );
});

test('a refused URL does not repeat the token that stood in it', () => {
  throws(
    () => readRepositoryUrl('ftp://me:hunter2@host/a'),
    (error) => error instanceof Fault && !error.message.includes('hunter2'),
  );
});

test('same-repository tells two servers on one loopback address apart', () => {
  equal(sameRepository('http://127.0.0.1:3000/a.git', 'http://127.0.0.1:3001/a.git'), false);
  equal(sameRepository('http://127.0.0.1:3000/a.git', 'http://127.0.0.1:3000/a'), true);
});

test('repository-key of a text that is no repository URL is the text', () => {
  equal(repositoryKey(' oci://Registry.example.com '), 'oci://registry.example.com');
});

for (const { it, host, repo, gives } of [
  { it: 'covers what is on the host', host: 'https://github.com', repo: 'https://github.com/a/b', gives: true },
  { it: 'covers the ssh form', host: 'https://github.com/', repo: 'git@github.com:a/b.git', gives: true },
  {
    it: 'does not cover a longer name',
    host: 'https://github.com',
    repo: 'https://github.com.evil.io/a',
    gives: false,
  },
  { it: 'does not cover a sibling path', host: 'https://x.io/git', repo: 'https://x.io/gitea/a', gives: false },
  { it: 'covers what is below a path', host: 'https://x.io/git', repo: 'https://x.io/git/a', gives: true },
  { it: 'covers the repository itself', host: 'https://x.io/git/a.git', repo: 'https://x.io/git/a', gives: true },
  {
    it: 'does not cover a repository whose name begins the same',
    host: 'https://x.io/git/a.git',
    repo: 'https://x.io/git/ab',
    gives: false,
  },
  { it: 'does not cover what is no URL', host: 'https://x.io', repo: 'file:///x.io/a', gives: false },
  {
    it: 'does not cover another port on loopback',
    host: 'http://127.0.0.1:1',
    repo: 'http://127.0.0.1:2/a',
    gives: false,
  },
]) {
  test(`covers-repository ${it}`, () => equal(coversRepository(host, repo), gives));
}
