/** The configuration of a deployed installation: an object in its bucket, changed by `trueup config apply` without a deploy. */
import type { S3Client } from '@aws-sdk/client-s3';
import { readText } from '../../lib/adapters/s3/read-text.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { parseConfig } from '../../lib/core/config/parse-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';

/** `s3://BUCKET/KEY` */
export function readStoredConfig(client: S3Client, address: string) {
  const { hostname: bucket, pathname } = new URL(address);
  const place = { client, bucket, key: pathname.slice(1) };
  /** Faults config.missing, config.invalid, store.denied, store.unavailable. */
  return async (stamp?: string): Promise<{ config: Config; stamp: string } | 'unchanged'> => {
    const found = await readText({ ...place, etag: stamp });
    if (found === 'unchanged') return found;
    if (found === null) throw new Fault('config.missing', { path: address });
    return { config: parseConfig(found.text, address), stamp: found.etag };
  };
}
