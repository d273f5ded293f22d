/** Empties a bucket for good: every version, every mark of a deletion, every upload that was never finished. */
import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

/** How many were deleted; a bucket that is gone has none. */
export async function emptyBucket(s3: S3Client, Bucket: string): Promise<number> {
  try {
    await abortUploads(s3, Bucket);
    return await deleteVersions(s3, Bucket);
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchBucket') return 0;
    throw error;
  }
}

/** Always the first page again: what was listed is gone by then. */
async function deleteVersions(s3: S3Client, Bucket: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return deleted;
    const { Errors: [error] = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (error !== undefined) {
      throw Object.assign(new Error(`${Bucket}/${error.Key}: ${error.Message}`), { name: error.Code });
    }
    deleted += Objects.length;
  }
}

async function abortUploads(s3: S3Client, Bucket: string): Promise<void> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  for (const { Key, UploadId } of Uploads) {
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  }
}
