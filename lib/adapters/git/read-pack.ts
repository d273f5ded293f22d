/** Unpacks a pack file into its objects, each under the id that its bytes hash to. https://git-scm.com/docs/pack-format */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import { applyDelta, resultSize } from './apply-delta.ts';

export type GitObject = { type: 'commit' | 'tree' | 'blob' | 'tag'; bytes: Buffer };
export type GitObjects = Map<string, GitObject>;

/** Thrown before more than `maxBytes` are unpacked: a small pack may hold a very large file. */
export class PackTooLarge extends Error {}

const types: Record<number, GitObject['type']> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };
const offsetDelta = 6;
const referenceDelta = 7;
/** Other work gets a turn after this many bytes. */
const turnBytes = 4 * 1024 * 1024;

type Waiting = { base: string; delta: Buffer; offset: number };

/** Throws a RangeError or an error of zlib when the pack is damaged. */
export async function readPack(pack: Buffer, { maxBytes }: { maxBytes: number }): Promise<GitObjects> {
  const objects: GitObjects = new Map();
  const atOffset = new Map<number, GitObject>();
  const waiting: Waiting[] = [];
  let left = maxBytes;
  let turn = 0;
  const spend = (sizeBytes: number) => {
    left -= sizeBytes;
    turn += sizeBytes + 1000;
    if (left < 0) throw new PackTooLarge();
  };
  const keep = (object: GitObject, offset: number) => {
    objects.set(idOf(object), object);
    atOffset.set(offset, object);
  };
  const rebuild = (base: GitObject, delta: Buffer, offset: number) => {
    spend(resultSize(delta));
    keep({ type: base.type, bytes: applyDelta(base.bytes, delta) }, offset);
  };

  let at = 12;
  for (let count = countOf(pack); count > 0; count--) {
    const entry = readEntry(pack, at);
    spend(entry.size);
    const { bytes, end } = inflate(pack, entry.start, entry.size);
    const type = types[entry.type];
    const base = atOffset.get(at - entry.distance);
    if (type !== undefined) keep({ type, bytes }, at);
    else if (entry.type === offsetDelta && base !== undefined) rebuild(base, bytes, at);
    else if (entry.type === referenceDelta) waiting.push({ base: entry.base, delta: bytes, offset: at });
    else throw new RangeError('an object of the pack has no base');
    at = end;
    if (turn > turnBytes) turn = await setImmediate(0);
  }
  settle(waiting, objects, rebuild);
  return objects;
}

/** A base named by its id may come later in the pack. */
function settle(
  waiting: readonly Waiting[],
  objects: GitObjects,
  rebuild: (base: GitObject, delta: Buffer, offset: number) => void,
): void {
  for (let left = waiting; left.length > 0; ) {
    const next = left.filter(({ base, delta, offset }) => {
      const object = objects.get(base);
      if (object !== undefined) rebuild(object, delta, offset);
      return object === undefined;
    });
    if (next.length === left.length) throw new RangeError('an object of the pack has no base');
    left = next;
  }
}

function countOf(pack: Buffer): number {
  if (pack.length < 32 || pack.toString('latin1', 0, 4) !== 'PACK') throw new RangeError('not a pack');
  const sum = createHash('sha1').update(pack.subarray(0, -20)).digest();
  if (!sum.equals(pack.subarray(-20))) throw new RangeError('the pack is damaged');
  return pack.readUInt32BE(8);
}

type PackEntry = { type: number; size: number; start: number; distance: number; base: string };

function readEntry(pack: Buffer, offset: number): PackEntry {
  let at = offset;
  let byte = pack.readUInt8(at++);
  const type = (byte >> 4) & 7;
  let size = byte & 0x0f;
  for (let weight = 0x10; byte >= 0x80; weight *= 0x80) {
    byte = pack.readUInt8(at++);
    size += (byte & 0x7f) * weight;
  }
  if (type === referenceDelta) {
    return { type, size, start: at + 20, distance: 0, base: pack.toString('hex', at, at + 20) };
  }
  let distance = 0;
  if (type === offsetDelta) {
    byte = pack.readUInt8(at++);
    distance = byte & 0x7f;
    while (byte >= 0x80) {
      byte = pack.readUInt8(at++);
      distance = (distance + 1) * 0x80 + (byte & 0x7f);
    }
  }
  return { type, size, start: at, distance, base: '' };
}

function inflate(pack: Buffer, start: number, size: number): { bytes: Buffer; end: number } {
  const chunkSize = Math.min(Math.max(size, 64), 65_536);
  const result: unknown = inflateSync(pack.subarray(start), {
    info: true,
    maxOutputLength: Math.max(size, 1),
    chunkSize,
  });
  if (!isInflated(result) || result.buffer.length !== size)
    throw new RangeError('an object of the pack has another size');
  return { bytes: result.buffer, end: start + result.engine.bytesWritten };
}

/** With `info` zlib also tells how many bytes it took, which its types do not say. */
function isInflated(result: unknown): result is { buffer: Buffer; engine: { bytesWritten: number } } {
  return typeof result === 'object' && result !== null && 'buffer' in result && 'engine' in result;
}

function idOf({ type, bytes }: GitObject): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}
