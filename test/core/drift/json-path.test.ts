import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import {
  locatePath,
  removeJsonPaths,
  translatePath,
  valueAtPath,
  withValueAt,
} from '../../../lib/core/drift/json-path.ts';

const value = { a: [{ name: 'x', b: 1 }, { name: 'y', b: 2 }, { b: 3 }], s: ['p', 'q'], m: { 'k/l': null } };

for (const { it, path, gives } of [
  { it: 'an item by its key', path: ['f:a', 'k:{"name":"y"}', 'f:b'], gives: ['a', 1, 'b'] },
  { it: 'a member of a set', path: ['f:s', 'v:"q"'], gives: ['s', 1] },
  { it: 'a field that is not there', path: ['f:m', 'f:later', 'f:more'], gives: ['m', 'later', 'more'] },
  { it: 'an item that is not there as far as it goes', path: ['f:a', 'k:{"name":"z"}', 'f:b'], gives: ['a'] },
]) {
  test(`json-path locates ${it}`, () => deepEqual(locatePath(value, path), gives));
}

for (const { it, paths, gives } of [
  { it: 'a field', paths: [['m', 'k/l']], gives: { ...value, m: {} } },
  {
    it: 'items, by the indices of before',
    paths: [
      ['s', 0],
      ['s', 1],
    ],
    gives: { ...value, s: [] },
  },
  { it: 'both a place and one below it', paths: [['m'], ['m', 'k/l']], gives: { a: value.a, s: value.s } },
  {
    it: 'nothing where there is nothing',
    paths: [
      ['m', 'x', 'y'],
      ['s', 7],
      ['s', 'p'],
    ],
    gives: value,
  },
  { it: 'everything', paths: [[]], gives: undefined },
]) {
  test(`json-path removes ${it}`, () => deepEqual(removeJsonPaths(value, paths), gives));
}

for (const { it, path, put, gives } of [
  { it: 'a field that is new', path: ['m', 'n'], put: 1, gives: { ...value, m: { 'k/l': null, n: 1 } } },
  { it: 'an item', path: ['s', 1], put: 'r', gives: { ...value, s: ['p', 'r'] } },
  { it: 'nothing where nothing leads', path: ['x', 'y'], put: 1, gives: value },
]) {
  test(`json-path puts ${it}`, () => deepEqual(withValueAt(value, path, put), gives));
}

const moved = { a: [{ b: 9 }, { name: 'y', b: 2 }, { name: 'x', b: 1 }] };

for (const { it, path, gives } of [
  { it: 'an item with a name wherever it stands', path: ['a', 0, 'b'], gives: ['a', 2, 'b'] },
  { it: 'an item without a name by its place', path: ['a', 2, 'b'], gives: ['a', 2, 'b'] },
  { it: 'a field', path: ['m', 'k/l'], gives: ['m', 'k/l'] },
]) {
  test(`json-path translates ${it}`, () => deepEqual(translatePath(path, value, moved), gives));
}

test('json-path knows when the other has no such item', () => {
  deepEqual(translatePath(['a', 0], value, { a: [{ name: 'other' }] }), null);
  deepEqual(translatePath(['a', 2], value, { a: [{ name: 'other' }] }), null);
});

test('json-path reads no property that JSON does not have', () => {
  deepEqual(valueAtPath(value, ['constructor']), undefined);
  deepEqual(valueAtPath(value, ['s', 0]), 'p');
});
