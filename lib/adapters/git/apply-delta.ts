/** Rebuilds an object from its base and a delta. https://git-scm.com/docs/pack-format#_deltified_representation */

/** Throws a RangeError when the delta does not fit its base. */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  const from = readSize(delta, 0);
  const to = readSize(delta, from.end);
  if (from.size !== base.length) throw new RangeError('the delta belongs to another base');
  const result = Buffer.alloc(to.size);
  let written = 0;
  for (let at = to.end; at < delta.length; ) {
    const command = byteAt(delta, at++);
    if (command === 0) throw new RangeError('reserved delta command');
    if (command < 0x80) {
      written += copy(delta, { from: at, size: command }, result, written);
      at += command;
      continue;
    }
    const numbers = [0, 0, 0, 0, 0, 0, 0].map((_, bit) => (command & (1 << bit) ? byteAt(delta, at++) : 0));
    const [o0 = 0, o1 = 0, o2 = 0, o3 = 0, s0 = 0, s1 = 0, s2 = 0] = numbers;
    const size = s0 + s1 * 0x100 + s2 * 0x10000 || 0x10000;
    written += copy(base, { from: o0 + o1 * 0x100 + o2 * 0x10000 + o3 * 0x1000000, size }, result, written);
  }
  if (written !== result.length) throw new RangeError('the delta ends early');
  return result;
}

/** Size of the object that this delta makes: to be checked before it is made. */
export function resultSize(delta: Buffer): number {
  return readSize(delta, readSize(delta, 0).end).size;
}

function readSize(bytes: Buffer, at: number): { size: number; end: number } {
  let size = 0;
  for (let end = at, weight = 1; ; weight *= 0x80) {
    const byte = byteAt(bytes, end++);
    size += (byte & 0x7f) * weight;
    if (byte < 0x80) return { size, end };
  }
}

function copy(source: Buffer, { from, size }: { from: number; size: number }, target: Buffer, at: number): number {
  if (from + size > source.length || at + size > target.length) throw new RangeError('the delta reaches outside');
  return source.copy(target, at, from, from + size);
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError('the delta ends early');
  return byte;
}
