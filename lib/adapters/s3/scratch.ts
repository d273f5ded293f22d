/** The scratch bucket: what functions hand each other, also by URLs that need no credentials. */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Scratch } from '../../ports/scratch.ts';
import { asked, getObject, putObject, removeObject } from './objects.ts';
import { keyIn, type Place } from './place.ts';
import { s3Fault } from './s3-fault.ts';

/** Faults: store.denied, store.unavailable; on `get` also store.too_large. A URL ends with the credentials that signed it. */
export function s3Scratch({ client, bucket, prefix = '' }: ScratchOptions): Scratch {
  const place = { client, bucket, prefix };
  const object = (key: string) => ({ Bucket: bucket, Key: keyIn(place, key) });
  return {
    async put(key, bytes) {
      await putObject(place, key, { Body: bytes }).catch((error: unknown) => {
        throw s3Fault(error, asked('s3:PutObject', place, key));
      });
    },
    get: (key, options) => getObject(place, key, options),
    remove: (key) => removeObject(place, key),
    presignGet: (key, forSeconds) =>
      signed('s3:GetObject', key, () =>
        getSignedUrl(client, new GetObjectCommand(object(key)), { expiresIn: forSeconds }),
      ),
    presignPut: (key, forSeconds) =>
      signed('s3:PutObject', key, () =>
        getSignedUrl(client, withoutChecksum(new PutObjectCommand(object(key))), { expiresIn: forSeconds }),
      ),
  };

  function signed(action: `s3:${string}`, key: string, sign: () => Promise<string>): Promise<string> {
    return sign().catch((error: unknown) => {
      throw s3Fault(error, asked(action, place, key));
    });
  }
}

export type ScratchOptions = Omit<Place, 'prefix'> & { prefix?: string };

/** The SDK would sign the checksum of the content it sees, which is none, and S3 then refuses any other. */
function withoutChecksum(command: PutObjectCommand): PutObjectCommand {
  command.middlewareStack.add(
    (next) => (args) => {
      for (const headers of headersOf(args.request)) {
        Reflect.deleteProperty(headers, 'x-amz-checksum-crc32');
        Reflect.deleteProperty(headers, 'x-amz-sdk-checksum-algorithm');
      }
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return command;
}

function headersOf(request: unknown): object[] {
  if (typeof request !== 'object' || request === null || !('headers' in request)) return [];
  return typeof request.headers === 'object' && request.headers !== null ? [request.headers] : [];
}
