/** Suspects are numbered, so that what was named again is not forgotten. */
import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { addSuspects, settleSuspects } from '../../../lib/core/application/suspects.ts';

const many = (count: number) => Array.from({ length: count }, (_, at) => `ConfigMap shop/${at}`);

for (const { it, given, gives } of [
  { it: 'numbers what is named', given: addSuspects({}, ['a', 'b'], 3), gives: { a: 3, b: 3 } },
  {
    it: 'raises the number of what is named again',
    given: addSuspects({ a: 1, b: 2 }, ['a'], 3),
    gives: { a: 3, b: 2 },
  },
  { it: 'lets `*` take the place of every name', given: addSuspects({ a: 1 }, ['*'], 3), gives: { '*': 3 } },
  { it: 'raises `*` when a name is added to it', given: addSuspects({ '*': 1 }, ['a'], 3), gives: { '*': 3 } },
  { it: 'names no more than 500', given: addSuspects({ a: 1 }, many(500), 3), gives: { '*': 3 } },
])
  test(`suspects: adding ${it}`, () => deepEqual(given, gives));

for (const { it, given, gives } of [
  { it: 'takes away what was seen', given: settleSuspects({ a: 1, b: 2 }, ['a', 'b'], 2), gives: {} },
  { it: 'keeps what was named after the look', given: settleSuspects({ a: 1, b: 3 }, ['a', 'b'], 2), gives: { b: 3 } },
  { it: 'keeps what is not among the keys', given: settleSuspects({ a: 1, b: 2 }, ['a'], 2), gives: { b: 2 } },
  { it: 'of names leaves `*` alone', given: settleSuspects({ '*': 1 }, ['a'], 2), gives: { '*': 1 } },
])
  test(`suspects: settling ${it}`, () => deepEqual(given, gives));
