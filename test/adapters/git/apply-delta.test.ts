import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { applyDelta, resultSize } from '../../../lib/adapters/git/apply-delta.ts';

const base = Buffer.from('Hello, World');

test('apply-delta copies from the base and inserts what is new', () => {
  // 12 → 8: copy 5 from 0, insert "!!!"
  const delta = Buffer.from([12, 8, 0x90, 5, 3, 0x21, 0x21, 0x21]);
  equal(resultSize(delta), 8);
  equal(applyDelta(base, delta).toString(), 'Hello!!!');
});

for (const { it, delta } of [
  { it: 'of another base', delta: [11, 1, 1, 0x21] },
  { it: 'that reaches behind the base', delta: [12, 20, 0x91, 5, 20] },
  { it: 'that writes more than it says', delta: [12, 1, 2, 0x21, 0x21] },
  { it: 'that writes less than it says', delta: [12, 5, 1, 0x21] },
  { it: 'with the reserved command', delta: [12, 1, 0] },
  { it: 'that ends in the middle', delta: [12, 5, 0x9f, 1] },
  { it: 'that inserts what is not there', delta: [12, 5, 5, 0x21] },
  { it: 'that is empty', delta: [] },
]) {
  test(`apply-delta refuses a delta ${it}`, () => throws(() => applyDelta(base, Buffer.from(delta)), RangeError));
}
