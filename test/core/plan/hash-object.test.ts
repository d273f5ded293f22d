import { equal, match, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { hashObject, hashValue } from '../../../lib/core/plan/hash-object.ts';
import { aConfigMap, hashKey } from './a-desired.ts';

const secret = (data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'login', namespace: 'shop' },
  data,
});
const otherKey = new Uint8Array(32).fill(8);

test('hash-value is the same whatever the order of the keys', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => equal(hashValue(reordered(value)), hashValue(value))));
});

test('hash-value differs where JSON differs', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      equal(hashValue(one) === hashValue(other), sorted(one) === sorted(other));
    }),
  );
});

test('hash-value keeps the order of a list', () => notEqual(hashValue([1, 2]), hashValue([2, 1])));

test('hash-value takes a field that is undefined for one that is not there', () =>
  equal(hashValue({ a: 1, b: undefined }), hashValue({ a: 1 })));

test('hash-object tells two values of a Secret apart, and no two installations agree on them', () => {
  const one = hashObject(secret({ password: 'b25l' }), hashKey);
  match(one, /^[0-9a-f]{64}$/);
  equal(hashObject(secret({ password: 'b25l' }), hashKey), one);
  notEqual(hashObject(secret({ password: 'dHdv' }), hashKey), one);
  notEqual(hashObject(secret({ password: 'b25l' }), otherKey), one);
});

test('hash-object needs no key for what is no Secret', () =>
  equal(hashObject(aConfigMap('a', { k: 'v' }), hashKey), hashObject(aConfigMap('a', { k: 'v' }), otherKey)));

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, item]) => [name, reordered(item)]),
  );
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
