/** Git's framing: four hex digits of length, then the bytes. https://git-scm.com/docs/protocol-common#_pkt_line_format */

export const flush = '0000';
export const delimiter = '0001';

export function pktLine(text: string): string {
  const length = Buffer.byteLength(text) + 5;
  return `${length.toString(16).padStart(4, '0')}${text}\n`;
}

/** `mark` are the special lines without bytes: 0 ends a message, 1 parts it, 2 ends a response. */
export type Packet = { kind: 'mark'; mark: number } | { kind: 'data'; bytes: Buffer };

/** Throws a RangeError when the bytes are not framed like this. */
export function* readPackets(bytes: Buffer): Generator<Packet> {
  for (let at = 0; at < bytes.length; ) {
    const digits = bytes.toString('latin1', at, at + 4);
    const length = /^[0-9a-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
    if (length < 4) {
      yield { kind: 'mark', mark: length };
      at += 4;
    } else if (at + length <= bytes.length) {
      yield { kind: 'data', bytes: bytes.subarray(at + 4, at + length) };
      at += length;
    } else {
      throw new RangeError('not a pkt-line');
    }
  }
}

/** The text of a packet, without the newline that may end it. */
export function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\n$/, '');
}
