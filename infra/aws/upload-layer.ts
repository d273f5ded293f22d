/** A plugin of osls: puts kubectl and helm into the deployment bucket before the stack asks for them. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Osls } from './osls.ts';

/** After osls made the bucket and found that there is something to deploy, before it updates the stack. */
export default class UploadLayer {
  readonly hooks: Record<string, () => Promise<void>>;

  constructor(osls: Osls) {
    this.hooks = { 'after:aws:deploy:deploy:uploadArtifacts': () => upload(osls) };
  }
}

async function upload(osls: Osls): Promise<void> {
  if (osls.service.provider.shouldNotDeploy) return;
  const provider = osls.getProvider('aws');
  const { file, key } = osls.service.custom.layer;
  const path = join(osls.serviceDir, file);
  const s3 = new S3Client(await provider.getAwsSdkV3Config());
  try {
    const where = { Bucket: await provider.getServerlessDeploymentBucketName(), Key: key };
    const { size } = await stat(path);
    if ((await sizeOf(s3, where)) === size) return;
    await s3.send(new PutObjectCommand({ ...where, Body: createReadStream(path), ContentLength: size }));
  } finally {
    s3.destroy();
  }
}

async function sizeOf(s3: S3Client, where: { Bucket: string; Key: string }): Promise<number | undefined> {
  try {
    return (await s3.send(new HeadObjectCommand(where))).ContentLength;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') return undefined;
    throw error;
  }
}
