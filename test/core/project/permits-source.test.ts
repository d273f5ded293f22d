import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { permitsSource } from '../../../lib/core/project/permits-source.ts';

const cases: [it: string, sourceRepos: string[], repoURL: string, permitted: boolean][] = [
  ['permits nothing without a pattern', [], 'https://git.example.com/team/shop', false],
  ['takes * for every repository', ['*'], 'https://git.example.com/deep/in/group/shop', true],
  ['stops a * at /', ['https://git.example.com/*'], 'https://git.example.com/team/shop', false],
  ['lets a * stand for one part', ['https://git.example.com/team/*'], 'https://git.example.com/team/shop', true],
  ['lets a ** cross /', ['https://git.example.com/**'], 'https://git.example.com/team/sub/shop', true],
  ['lets a * stand in the host', ['https://*.example.com/team/shop'], 'https://git.example.com/team/shop', true],
  [
    'does not let a * of the host reach the path',
    ['https://*.example.com/team'],
    'https://evil/x.example.com/team',
    false,
  ],
  ['knows alternatives', ['https://git.example.com/{team,web}/*'], 'https://git.example.com/web/a', true],
  ['does not care for .git', ['https://git.example.com/team/shop.git'], 'https://git.example.com/team/shop', true],
  [
    'does not care for a trailing slash',
    ['https://git.example.com/team/shop'],
    'https://git.example.com/team/shop/',
    true,
  ],
  ['does not care for case', ['https://Git.Example.com/team/shop'], 'https://git.example.com/Team/Shop', true],
  ['does not care for a user', ['https://git.example.com/team/shop'], 'https://me:pw@git.example.com/team/shop', true],
  [
    'does not care for the user of a pattern',
    ['https://u@git.example.com/team/*'],
    'https://git.example.com/team/a',
    true,
  ],
  ['takes ssh for the same', ['https://git.example.com/team/*'], 'git@git.example.com:team/shop.git', true],
  ['takes a pattern of ssh for the same', ['git@git.example.com:team/*'], 'https://git.example.com/team/shop', true],
  [
    'does not care for the port of a pattern',
    ['ssh://git@git.example.com:7999/team/*'],
    'https://git.example.com/team/a',
    true,
  ],
  [
    'is not fooled by a user that looks like a host',
    ['https://git.example.com/**'],
    'https://git.example.com@evil.example/a/b',
    false,
  ],
  [
    'lets a ! win that stands first',
    ['!https://git.example.com/secret/*', '*'],
    'https://git.example.com/secret/a',
    false,
  ],
  [
    'lets a ! win that stands last',
    ['*', '!https://git.example.com/secret/*'],
    'https://git.example.com/secret/a',
    false,
  ],
  [
    'does not take a ! for a permission',
    ['!https://git.example.com/secret/*'],
    'https://git.example.com/team/a',
    false,
  ],
  ['denies in upper case, too', ['*', '!https://git.example.com/secret/*'], 'https://git.example.com/SECRET/a', false],
  ['denies over ssh, too', ['*', '!https://git.example.com/secret/*'], 'git@git.example.com:secret/a.git', false],
  [
    'denies percent-encoded, too',
    ['*', '!https://git.example.com/secret/*'],
    'https://git.example.com/s%65cret/a',
    false,
  ],
  ['refuses what is encoded twice', ['*'], 'https://git.example.com/s%2565cret/a', false],
  [
    'denies where .. leads',
    ['*', '!https://git.example.com/secret/*'],
    'https://git.example.com/team/../secret/a',
    false,
  ],
  ['refuses a .. that it cannot follow', ['*'], 'git.example.com/team/../secret', false],
  ['refuses an empty part', ['*', '!https://git.example.com/secret/*'], 'https://git.example.com/x//secret/a', false],
  ['refuses an encoded slash with ..', ['*'], 'https://git.example.com/team%2f..%2fsecret/a', false],
  ['refuses a backslash', ['*'], 'https://git.example.com/team%5csecret/a', false],
];

for (const [it, sourceRepos, repoURL, permitted] of cases)
  test(`permits-source ${it}`, () => equal(permitsSource({ sourceRepos }, repoURL), permitted));
