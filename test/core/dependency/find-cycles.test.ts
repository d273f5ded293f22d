import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Dependencies } from '../../../lib/core/dependency/dependencies.ts';
import { findCycles, wayFrom } from '../../../lib/core/dependency/find-cycles.ts';

/** `a: 'b, c'`. */
function fleet(named: Record<string, string>): Dependencies {
  return Object.fromEntries(
    Object.entries(named).map(([name, on]) => [name, { on: on.split(', '), place: `${name}.yaml:1` }]),
  );
}

for (const { it, given, gives } of [
  { it: 'finds none in a chain', given: { a: 'b', b: 'c' }, gives: [] },
  { it: 'finds none where two ways lead to one', given: { a: 'b, c', b: 'd', c: 'd' }, gives: [] },
  { it: 'finds one that waits for itself', given: { a: 'a' }, gives: [['a', 'a']] },
  { it: 'begins with the first by name', given: { b: 'a', a: 'b' }, gives: [['a', 'b', 'a']] },
  { it: 'leaves out those that only lead there', given: { x: 'b', b: 'c', c: 'b' }, gives: [['b', 'c', 'b']] },
  {
    it: 'finds two that share one',
    given: { a: 'b, c', b: 'a', c: 'a' },
    gives: [
      ['a', 'b', 'a'],
      ['a', 'c', 'a'],
    ],
  },
  {
    it: 'takes the shortest',
    given: { a: 'b', b: 'c, a', c: 'b' },
    gives: [
      ['a', 'b', 'a'],
      ['b', 'c', 'b'],
    ],
  },
  { it: 'is not misled by names such as constructor', given: { a: 'constructor, toString' }, gives: [] },
])
  test(`find-cycles ${it}`, () => deepEqual(findCycles(fleet(given)), gives));

test('find-cycles: the way from one to another is the shortest', () => {
  deepEqual(wayFrom('a', 'd', fleet({ a: 'b, c', b: 'c', c: 'd' })), ['a', 'c', 'd']);
  deepEqual(wayFrom('d', 'a', fleet({ a: 'd' })), null);
});
