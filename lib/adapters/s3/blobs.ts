/** Blobs in S3, encrypted as their bucket says. */
import type { Blobs } from '../../ports/blobs.ts';
import { asked, getObject, putObject, removeObject } from './objects.ts';
import type { Place } from './place.ts';
import { s3Fault, statusOf } from './s3-fault.ts';

/** Faults: store.denied, store.unavailable. */
export function s3Blobs({ client, bucket, prefix = 'blobs/' }: BlobsOptions): Blobs {
  const place = { client, bucket, prefix };
  return {
    async put(key, bytes) {
      try {
        // The same key has the same content: a second version of it would only be paid for.
        await putObject(place, key, { Body: bytes, IfNoneMatch: '*' });
      } catch (error) {
        if (statusOf(error) !== 412) throw s3Fault(error, asked('s3:PutObject', place, key));
      }
    },
    get: (key) => getObject(place, key),
    remove: (key) => removeObject(place, key),
  };
}

export type BlobsOptions = Omit<Place, 'prefix'> & { prefix?: string };
