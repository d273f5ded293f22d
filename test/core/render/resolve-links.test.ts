import { deepEqual, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { resolveLinks } from '../../../lib/core/render/resolve-links.ts';
import type { SourceFile } from '../../../lib/core/render/source-files.ts';

/** `=text` is a file, `>target` a link. */
function tree(files: Record<string, string>): Map<string, SourceFile> {
  return new Map(
    Object.entries(files).map(([path, what]): [string, SourceFile] => [
      path,
      what.startsWith('>')
        ? { kind: 'symlink', target: what.slice(1) }
        : { kind: 'file', bytes: Buffer.from(what.slice(1)), executable: false },
    ]),
  );
}

function resolved(files: Record<string, string>, maxFiles = 100): Record<string, string> {
  const plain = resolveLinks(tree(files), { repoURL: 'https://git.example.com/a', maxFiles });
  return Object.fromEntries([...plain].map(([path, { bytes }]) => [path, `=${Buffer.from(bytes).toString()}`]));
}

for (const { it, given, gives } of [
  { it: 'leaves files alone', given: { a: '=1', 'b/c': '=2' }, gives: { a: '=1', 'b/c': '=2' } },
  { it: 'follows a link beside it', given: { a: '=1', b: '>a' }, gives: { a: '=1', b: '=1' } },
  { it: 'follows a link up', given: { a: '=1', 'x/y/b': '>../../a' }, gives: { a: '=1', 'x/y/b': '=1' } },
  {
    it: 'follows a chain',
    given: { a: '=1', b: '>a', c: '>./b', d: '>c' },
    gives: { a: '=1', b: '=1', c: '=1', d: '=1' },
  },
  {
    it: 'copies a folder',
    given: { 'base/a': '=1', 'base/b/c': '=2', prod: '>base' },
    gives: { 'base/a': '=1', 'base/b/c': '=2', 'prod/a': '=1', 'prod/b/c': '=2' },
  },
  {
    it: 'goes through a link in the middle',
    given: { 'base/a': '=1', prod: '>base', x: '>prod/a' },
    gives: { 'base/a': '=1', 'prod/a': '=1', x: '=1' },
  },
  {
    it: 'takes .. from where the way really is',
    given: { 'deep/er/a': '=1', 'deep/b': '=2', short: '>deep/er', x: '>short/../b' },
    gives: { 'deep/er/a': '=1', 'deep/b': '=2', 'short/a': '=1', x: '=2' },
  },
  { it: 'leaves out a link to nothing', given: { a: '=1', b: '>gone', c: '>a/below' }, gives: { a: '=1' } },
] satisfies { it: string; given: Record<string, string>; gives: Record<string, string> }[]) {
  test(`resolve-links ${it}`, () => deepEqual(resolved(given), gives));
}

for (const { it, given } of [
  { it: 'an absolute target', given: { a: '>/etc/passwd' } },
  { it: 'a target above the root', given: { 'x/a': '>../../etc/passwd' } },
  { it: 'a way that leaves and comes back', given: { 'x/a': '>../../repo/x/b', 'x/b': '=1' } },
  { it: 'an escape through another link', given: { 'x/up': '>..', a: '>x/up/../b', b: '=1' } },
  { it: 'a link to itself', given: { a: '>a' } },
  { it: 'two links to each other', given: { a: '>b', b: '>a' } },
  { it: 'a folder that contains itself', given: { 'a/b': '=1', 'a/again': '>../a' } },
  { it: 'the root in the root', given: { a: '=1', all: '>.' } },
  { it: 'two folders that contain each other', given: { 'a/to-b': '>../b', 'b/to-a': '>../a' } },
] satisfies { it: string; given: Record<string, string> }[]) {
  test(`resolve-links refuses ${it}`, () => {
    throws(
      () => resolved(given),
      (error) => error instanceof Fault && error.code === 'git.unsafe_path',
    );
  });
}

test('resolve-links stops links that multiply, also when they never reach a file', () => {
  const levels = Object.fromEntries(
    Array.from({ length: 90 }, (_, index) => [
      `d${Math.floor(index / 10)}/l${index % 10}`,
      `>../d${Math.floor(index / 10) + 1}`,
    ]),
  );
  for (const end of ['=1', '>nowhere']) {
    throws(
      () => resolved({ ...levels, 'd9/end': end }, 1000),
      (error) => error instanceof Fault && error.code === 'git.too_large',
    );
  }
});

test('resolve-links, whatever the tree, gives only files of the tree or a Fault', () => {
  const name = fc.constantFrom('a', 'b', 'c', '..', '.', 'a/b', '../c', '/x');
  const target = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => `>${parts.join('/')}`);
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.dictionary(path, fc.oneof(target, fc.constant('=file'))), (given) => {
      try {
        for (const content of Object.values(resolved(given))) deepEqual(content, '=file');
      } catch (error) {
        ok(error instanceof Fault, String(error));
      }
    }),
  );
});
