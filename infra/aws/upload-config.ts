/** Puts trueup.yaml where the functions read it. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

const key = 'config/trueup.yaml';

/** False: the same lay there already, and no version was added. */
export async function uploadConfig(s3: S3Client, bucket: string, text: string): Promise<boolean> {
  const where = { Bucket: bucket, Key: key };
  if ((await read(s3, where)) === text) return false;
  await s3.send(new PutObjectCommand({ ...where, Body: text, ContentType: 'application/yaml' }));
  return true;
}

async function read(s3: S3Client, where: { Bucket: string; Key: string }): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand(where));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}
