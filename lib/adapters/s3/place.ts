/** A part of a bucket, and how keys of any kind become keys of S3 there. */
import type { S3Client } from '@aws-sdk/client-s3';

export type Place = {
  client: S3Client;
  bucket: string;
  /** Empty, or ends with a slash: `blobs/`. */
  prefix: string;
};

/**
 * S3 takes any text, but `.`, `..` and nothing between slashes are resolved on the way by whoever normalises URLs.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function keyIn({ prefix }: Place, key: string): string {
  return prefix + key.split('/').map(escapePart).join('/');
}

/** For people and for faults: `s3://bucket/blobs/records/shop/1`. */
export function addressOf(place: Place, key: string): string {
  return `s3://${place.bucket}/${keyIn(place, key)}`;
}

function escapePart(part: string): string {
  if (part === '') return '%';
  return encodeURIComponent(part).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}
