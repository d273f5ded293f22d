import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resolveScalar } from '../../../lib/core/yaml/resolve-scalar.ts';

const plain = { plain: true, tag: '' };

test('resolve-scalar leaves quoted text alone whatever it looks like', () => {
  for (const text of ['yes', '12', '', '~', '.inf'])
    deepEqual(resolveScalar(text, { plain: false, tag: '' }), { value: text });
});

test('resolve-scalar keeps every safe integer as it is written', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (number) => {
      deepEqual(resolveScalar(String(number), plain), { value: number });
    }),
  );
});

test('resolve-scalar gives back exactly the digits of an integer or refuses it', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (number) => {
      const { value, problem } = resolveScalar(String(number), plain);
      deepEqual(problem === undefined ? String(value) : String(number), String(number));
    }),
  );
});

/** `on` and `off` are switches in YAML 1.1. */
const aWord = fc.stringMatching(/^[g-mo-su-xz][a-z ]*$/).filter((word) => word !== 'on' && word !== 'off');

test('resolve-scalar never turns words into numbers', () => {
  fc.assert(fc.property(aWord, (word) => deepEqual(resolveScalar(word, plain), { value: word })));
});
