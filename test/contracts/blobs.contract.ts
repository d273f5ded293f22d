/** What every store of blobs promises. */
import { deepEqual, equal } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { Blobs } from '../../lib/ports/blobs.ts';

export function blobsContract(adapter: string, open: (t: TestContext) => Promise<Blobs>): void {
  for (const { it, bytes } of [
    { it: 'nothing at all', bytes: new Uint8Array() },
    { it: 'text', bytes: new TextEncoder().encode('Grüße 🌍'.repeat(10_000)) },
    { it: 'a megabyte of noise', bytes: new Uint8Array(randomBytes(1024 * 1024)) },
  ])
    test(`${adapter} blobs: ${it} comes back as it was`, async (t) => {
      const blobs = await open(t);
      await blobs.put('records/shop/1', bytes);
      deepEqual(new Uint8Array((await blobs.get('records/shop/1')) ?? [1]), bytes);
    });

  test(`${adapter} blobs: one that is not there is null`, async (t) => {
    const blobs = await open(t);
    equal(await blobs.get('records/shop/1'), null);
  });

  test(`${adapter} blobs: a removed one is gone, and removing it again is no failure`, async (t) => {
    const blobs = await open(t);
    await blobs.put('records/shop/1', Uint8Array.of(1));
    await blobs.remove('records/shop/1');
    await blobs.remove('records/shop/1');
    equal(await blobs.get('records/shop/1'), null);
  });

  test(`${adapter} blobs: the same one may be put again`, async (t) => {
    const blobs = await open(t);
    await blobs.put('records/shop/1', Uint8Array.of(1));
    await blobs.put('records/shop/1', Uint8Array.of(1));
    deepEqual([...((await blobs.get('records/shop/1')) ?? [])], [1]);
  });

  test(`${adapter} blobs: keys of any kind stay apart`, async (t) => {
    const blobs = await open(t);
    const keys = ['a', 'A', 'a/b', 'a_b', 'a:b', '../a', '/a', 'a/../a', 'ä', `long/${'x'.repeat(300)}`, 'a '];
    for (const [at, key] of keys.entries()) await blobs.put(key, Uint8Array.of(at));
    for (const [at, key] of keys.entries()) deepEqual([...((await blobs.get(key)) ?? [])], [at], key);
  });
}
