/** The part of an item that may be big: gzipped JSON in the item, or a blob that the item names. */
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Fault } from '../../core/fault/fault.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { Condition } from './expressions.ts';
import { type Item, text, textOrNull } from './item.ts';
import type { Table } from './table.ts';

/** An item has 400 kB, key and other attributes included. */
const largestBytes = 300_000;
/** A blob that is gone was replaced; who finds that so often is not unlucky. */
const looks = 5;

export type Body = { gz: Uint8Array } | { spill: string };

export type Bodies = {
  /** What is spilled is there before the item that names it; who then does not write the item discards it. */
  pack(value: unknown): Promise<Body>;
  /** JSON; null: the item was removed meanwhile. Fault store.unreadable. */
  read(item: Item): Promise<string | null>;
  /** Of an item that was replaced, removed, or not written after all. */
  discard(body: Item | null): Promise<void>;
};

export function openBodies(table: Table, blobs: Blobs): Bodies {
  async function bytesOf(item: Item): Promise<Uint8Array | null> {
    if (item.gz instanceof Uint8Array) return item.gz;
    return blobs.get(text(item, 'spill'));
  }

  return {
    async pack(value) {
      const gz = await compress(JSON.stringify(value));
      if (gz.byteLength <= largestBytes) return { gz };
      // A name of its own: whoever replaces another item never takes this one's blob away.
      const spill = `spill/${randomUUID()}`;
      await blobs.put(spill, gz);
      return { spill };
    },
    async read(item) {
      let newest: Item | null = item;
      for (let look = 0; look < looks && newest !== null; look += 1) {
        const gz = await bytesOf(newest);
        if (gz !== null) return (await expand(gz)).toString();
        newest = await table.get({ pk: text(item, 'pk'), sk: text(item, 'sk') });
      }
      if (newest === null) return null;
      throw new Fault('store.unreadable', {
        path: table.name,
        because: `the blob ${text(newest, 'spill')} is missing`,
      });
    },
    async discard(body) {
      const spill = body === null ? null : textOrNull(body, 'spill');
      if (spill !== null) await blobs.remove(spill);
    },
  };
}

/** As long as this holds, the blob to discard with the item is known without reading it first. */
export function namesSameBlob(item: Item): Condition {
  const spill = textOrNull(item, 'spill');
  return spill === null ? { if: 'attribute_not_exists(#spill)' } : { if: '#spill = :spill', values: { spill } };
}

const compress = promisify(gzip);
const expand = promisify(gunzip);
