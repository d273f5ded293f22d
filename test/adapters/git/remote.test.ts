import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { remoteOf } from '../../../lib/adapters/git/remote.ts';

for (const { it, repoURL, host, base } of [
  {
    it: 'reads an ssh URL over the URL of its host',
    repoURL: 'git@git.corp:org/app.git',
    host: 'https://git.corp:8443',
    base: 'https://git.corp:8443/org/app',
  },
  {
    it: 'never goes down to http',
    repoURL: 'http://git.corp/org/app',
    host: 'https://git.corp',
    base: 'https://git.corp/org/app',
  },
  {
    it: 'leaves user and token out',
    repoURL: 'https://me:x@git.corp/org/app',
    host: 'https://git.corp',
    base: 'https://git.corp/org/app',
  },
  {
    it: 'keeps the case of the path',
    repoURL: 'https://git.corp/Org/App',
    host: 'https://git.corp',
    base: 'https://git.corp/Org/App',
  },
]) {
  test(`remote ${it}`, () => deepEqual(remoteOf(repoURL, host), { repoURL, bases: [`${base}.git`, base] }));
}
