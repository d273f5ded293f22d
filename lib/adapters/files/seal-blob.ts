/** Packs and encrypts a blob, and opens it again only when every bit of it, and its name, is as it was. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** The first byte names this layout: version, nonce, tag, then AES-256-GCM over gzip, with the blob's key as associated data. */
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;

/** A key of its own, so that nothing else made from the installation key can be turned against the blobs. */
export function blobKey(installationKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', installationKey, '', 'trueup blobs', 32));
}

export async function sealBlob(bytes: Uint8Array, { key, name }: { key: Uint8Array; name: string }) {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(await pack(bytes)), cipher.final()]);
  return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), body]);
}

/** Throws when it is not what `sealBlob` made with this key and name. */
export async function unsealBlob(sealed: Uint8Array, { key, name }: { key: Uint8Array; name: string }) {
  if (sealed.length < headBytes || sealed[0] !== version) throw new Error('it is not a blob of this version');
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(name))
    .setAuthTag(sealed.subarray(1 + nonceBytes, headBytes));
  return unpack(Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]));
}
