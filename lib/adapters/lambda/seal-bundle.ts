/** Packs and encrypts what goes to the render function and what comes back, under a key that serves one render. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export type Seal = {
  /** 32 bytes. */
  key: Uint8Array;
  /** A request can never pass for a result, though both have one key. */
  name: 'request' | 'result';
};

/** The first byte names this layout: version, nonce, tag, then AES-256-GCM over gzip, with the name as associated data. */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

/** A bundle lives for seconds, so time counts for more than size. */
export async function sealBundle(bytes: Uint8Array, { key, name }: Seal): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const body = [cipher.update(await pack(bytes, { level: constants.Z_BEST_SPEED })), cipher.final()];
  return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), ...body]);
}

/** Throws when it is not what `sealBundle` made with this key and name, or unpacks to more than `maxBytes`. */
export async function unsealBundle(
  sealed: Uint8Array,
  { key, name, maxBytes }: Seal & { maxBytes: number },
): Promise<Uint8Array> {
  if (sealed.length < headBytes || sealed[0] !== version) throw new Error('it is not a bundle of this version');
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(name))
    .setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
  const packed = Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]);
  return unpack(packed, { maxOutputLength: maxBytes });
}
