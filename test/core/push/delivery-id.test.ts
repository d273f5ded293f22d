import { equal, match, notEqual } from 'node:assert/strict';
import test from 'node:test';
import { deliveryId } from '../../../lib/core/push/delivery-id.ts';

test('delivery-id is what the host says', () => {
  const id = '6f2c5a3e-8f9b-11ee-9b1a-2b7f5d6c1e0a';
  equal(deliveryId(id, '{}'), id);
});

for (const named of [undefined, '', 'a'.repeat(201), 'two words', 'a\u0000b', '../up']) {
  test(`delivery-id is made of the body where the host says ${JSON.stringify(named)?.slice(0, 20)}`, () => {
    match(deliveryId(named, '{}'), /^sha256-[0-9a-f]{64}$/);
    equal(deliveryId(named, '{}'), deliveryId(undefined, '{}'));
    notEqual(deliveryId(named, '{}'), deliveryId(named, '{ }'));
  });
}
