import { deepEqual, equal, notDeepEqual, ok, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { type Seal, sealBundle, unsealBundle } from '../../../lib/adapters/lambda/seal-bundle.ts';

const key = randomBytes(32);
const seal: Seal = { key, name: 'request' };
const maxBytes = 100_000;

test('seal-bundle gives back the bytes it was given', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
      const opened = await unsealBundle(await sealBundle(bytes, seal), { ...seal, maxBytes });
      deepEqual([...opened], [...bytes]);
    }),
  );
});

test('seal-bundle never opens after one bit was flipped, wherever it is', async () => {
  const sealed = await sealBundle(Buffer.from('apiVersion: v1'), seal);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const flipped = Uint8Array.from(sealed);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await rejects(unsealBundle(flipped, { ...seal, maxBytes }), `bit ${bit}`);
  }
});

test('seal-bundle never opens what was cut', async () => {
  const sealed = await sealBundle(Buffer.from('apiVersion: v1'), seal);
  for (let length = 0; length < sealed.length; length += 1) {
    await rejects(unsealBundle(sealed.subarray(0, length), { ...seal, maxBytes }), `${length} bytes`);
  }
});

test('seal-bundle opens neither with another key nor under another name', async () => {
  const sealed = await sealBundle(Buffer.from('x'), seal);
  await rejects(unsealBundle(sealed, { ...seal, key: randomBytes(32), maxBytes }));
  await rejects(unsealBundle(sealed, { key, name: 'result', maxBytes }));
});

test('seal-bundle shows nothing of what is in it, and never twice the same', async () => {
  const secret = 'password: correct-horse';
  const [first, second] = [await sealBundle(Buffer.from(secret), seal), await sealBundle(Buffer.from(secret), seal)];
  equal(Buffer.from(first).includes('correct'), false);
  notDeepEqual(first, second);
});

test('seal-bundle unpacks no more than it may: ten megabytes of nothing are ten kilobytes sealed', async () => {
  const sealed = await sealBundle(new Uint8Array(10_000_000), seal);
  ok(sealed.length < 100_000);
  await rejects(unsealBundle(sealed, { ...seal, maxBytes }), { code: 'ERR_BUFFER_TOO_LARGE' });
});
