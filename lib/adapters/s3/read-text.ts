/** A text in S3 that people and several functions change, such as the configuration: nobody overwrites what they have not seen. */
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../../core/fault/fault.ts';
import { s3Fault, statusOf } from './s3-fault.ts';

export type TextPlace = { client: S3Client; bucket: string; key: string };

type Text = { text: string; etag: string };

/** `etag`: of the text that is known. null: there is none. Faults: store.denied, store.unavailable. */
export async function readText(place: TextPlace): Promise<Text | null>;
export async function readText(place: TextPlace & { etag: string | undefined }): Promise<Text | 'unchanged' | null>;
export async function readText({
  client,
  bucket,
  key,
  etag,
}: TextPlace & { etag?: string | undefined }): Promise<Text | 'unchanged' | null> {
  const known = etag === undefined ? {} : { IfNoneMatch: etag };
  try {
    const { Body, ETag = '' } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...known }));
    return { text: (await Body?.transformToString()) ?? '', etag: ETag };
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    if (statusOf(error) === 304) return 'unchanged';
    throw s3Fault(error, { action: 's3:GetObject', bucket, key });
  }
}

/**
 * `etag`: of the text this one replaces; null: there is none yet. Gives the new one.
 * Faults: config.changed_meanwhile, store.denied, store.unavailable.
 */
export async function writeText({
  client,
  bucket,
  key,
  text,
  etag,
}: TextPlace & { text: string; etag: string | null }): Promise<{ etag: string }> {
  const seen = etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag };
  try {
    const { ETag = '' } = await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'text/plain; charset=utf-8', ...seen }),
    );
    return { etag: ETag };
  } catch (error) {
    if (isSeenOtherwise(error)) {
      throw new Fault('config.changed_meanwhile', { path: `s3://${bucket}/${key}` }, { cause: error });
    }
    throw s3Fault(error, { action: 's3:PutObject', bucket, key });
  }
}

/** 412: another version is there; 409: somebody writes at this moment; NoSuchKey: what was to be replaced is gone. */
function isSeenOtherwise(error: unknown): boolean {
  const status = statusOf(error);
  return status === 412 || status === 409 || (error instanceof Error && error.name === 'NoSuchKey');
}
