/** One object of S3 at a time: put, got, removed. What blobs and scratch have in common. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { Fault } from '../../core/fault/fault.ts';
import { addressOf, keyIn, type Place } from './place.ts';
import { type Asked, s3Fault } from './s3-fault.ts';

/** Encrypted as the bucket says. Throws what the SDK throws, for who wants to look at it. */
export async function putObject(
  place: Place,
  key: string,
  content: Pick<PutObjectCommandInput, 'Body' | 'IfNoneMatch'>,
): Promise<void> {
  await place.client.send(new PutObjectCommand({ Bucket: place.bucket, Key: keyIn(place, key), ...content }));
}

/** null: there is none. Faults: store.denied, store.unavailable, store.too_large. */
export async function getObject(
  place: Place,
  key: string,
  { maxBytes = Number.POSITIVE_INFINITY }: { maxBytes?: number } = {},
): Promise<Uint8Array | null> {
  try {
    const { client, bucket } = place;
    const { Body, ContentLength = 0 } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: keyIn(place, key) }),
    );
    if (ContentLength > maxBytes) {
      await Body?.transformToWebStream().cancel();
      throw new Fault('store.too_large', { path: addressOf(place, key), sizeBytes: ContentLength, maxBytes });
    }
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw s3Fault(error, asked('s3:GetObject', place, key));
  }
}

/** Of one that is not there too. Faults: store.denied, store.unavailable. */
export async function removeObject(place: Place, key: string): Promise<void> {
  await place.client
    .send(new DeleteObjectCommand({ Bucket: place.bucket, Key: keyIn(place, key) }))
    .catch((error: unknown) => {
      throw s3Fault(error, asked('s3:DeleteObject', place, key));
    });
}

export function asked(action: Asked['action'], place: Place, key: string): Asked {
  return { action, bucket: place.bucket, key: keyIn(place, key) };
}
