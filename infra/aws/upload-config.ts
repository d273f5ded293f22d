/** Puts trueup.yaml where the functions read it. */
import type { S3Client } from '@aws-sdk/client-s3';
import { readText, writeText } from '../../lib/adapters/s3/read-text.ts';

/** As TRUEUP_CONFIG of the functions has it, in the bucket of the installation. */
export const configKey = 'config/trueup.yaml';

/** False: the same lay there already, and no version was added. Faults: config.changed_meanwhile, store.denied, store.unavailable. */
export async function uploadConfig(client: S3Client, bucket: string, text: string): Promise<boolean> {
  const place = { client, bucket, key: configKey };
  const known = await readText(place);
  if (known?.text === text) return false;
  await writeText({ ...place, text, etag: known?.etag ?? null });
  return true;
}
