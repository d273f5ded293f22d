import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { isDrifted, noteDrift } from '../../../lib/core/drift/note-drift.ts';

const many = Array.from({ length: 501 }, (_, index) => `ConfigMap shop/${index}`);

for (const { it, before, looked, found, gives } of [
  { it: 'adds what was found', before: ['a'], looked: ['b'], found: ['b'], gives: ['a', 'b'] },
  { it: 'drops what was looked at and found equal', before: ['a', 'b'], looked: ['a'], found: [], gives: ['b'] },
  { it: 'keeps what was found again, once', before: ['a', 'b'], looked: ['a'], found: ['a'], gives: ['b', 'a'] },
  { it: 'begins anew when everything was looked at', before: ['a', 'b'], looked: ['*'], found: ['b'], gives: ['b'] },
  { it: 'names no more than 500', before: [], looked: many, found: many, gives: ['*'] },
  { it: 'does not know better after a look at some', before: ['*'], looked: ['a'], found: [], gives: ['*'] },
  { it: 'knows again after a look at all', before: ['*'], looked: ['*'], found: [], gives: [] },
]) {
  test(`note-drift ${it}`, () => deepEqual(noteDrift(before, looked, found), gives));
}

test('note-drift: too many to name are all', () => {
  equal(isDrifted(['*'], 'a'), true);
  equal(isDrifted(['a'], 'a'), true);
  equal(isDrifted(['b'], 'a'), false);
});
