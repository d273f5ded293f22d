import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { globProblem, matchesGlob } from '../../../lib/core/render/glob.ts';

for (const { pattern, matches, not } of [
  { pattern: '*.yaml', matches: ['a.yaml', 'deep/er/a.yaml', '.yaml'], not: ['a.yml', 'a.yaml.bak'] },
  { pattern: '**/a.yaml', matches: ['x/a.yaml', 'x/y/a.yaml'], not: ['a.yaml'] },
  { pattern: '{a,b}.yaml', matches: ['a.yaml', 'b.yaml'], not: ['c.yaml', '{a,b}.yaml'] },
  { pattern: '{test/*,*-{dev,test}.yaml}', matches: ['test/x/y', 'app-dev.yaml', 'app-test.yaml'], not: ['app.yaml'] },
  { pattern: 'a?c', matches: ['abc', 'a/c'], not: ['ac', 'abbc'] },
  { pattern: '[a-c]x[!0-9]', matches: ['axb', 'cx-'], not: ['dxb', 'ax1'] },
  { pattern: 'a\\*b', matches: ['a*b'], not: ['axb'] },
  { pattern: '', matches: [''], not: ['a'] },
]) {
  test(`glob ${pattern} matches as gobwas does`, () => {
    deepEqual(
      [...matches, ...not].filter((path) => matchesGlob(pattern, path)),
      matches,
    );
  });
}

test('glob answers a hostile pattern at once', { timeout: 5_000 }, () => {
  equal(matchesGlob(`${'*a'.repeat(200)}b`, 'a'.repeat(4_000)), false);
});

for (const { pattern, problem } of [
  { pattern: '{a,b', problem: 'a { is not closed' },
  { pattern: 'a}', problem: 'a } has no {' },
  { pattern: '[ab', problem: 'a [ is not closed' },
  { pattern: '{a,b}'.repeat(40), problem: 'it has more than 500 alternatives' },
  { pattern: '{a,{b,c}}/*.[ch]', problem: null },
]) {
  test(`glob says of ${pattern.slice(0, 20)}: ${problem ?? 'fine'}`, () => equal(globProblem(pattern), problem));
}

for (const [pattern, text, matches] of [
  ['a/*', 'a/b', true],
  ['a/*', 'a/b/c', false],
  ['a/**', 'a/b/c', true],
  ['a/***', 'a/b/c', true],
  ['*', 'a/b', false],
  ['a?b', 'a/b', false],
  ['*/{b,c}', 'a/c', true],
] as const)
  test(`glob with a separator: ${pattern} ${matches ? 'means' : 'does not mean'} ${text}`, () =>
    equal(matchesGlob(pattern, text, '/'), matches));
