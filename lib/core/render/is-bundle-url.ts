/** Decides whether a URL may be where a bundle lies: in S3, in the region of who asks. */
import { partitionOf } from '../eks/partition-of.ts';

/** `local`: also an S3 of this machine, without TLS. */
export type BundlePlace = { region: string; local: boolean };

export function isBundleUrl(text: string, { region, local }: BundlePlace): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (local && url.protocol === 'http:' && url.hostname === '127.0.0.1') return true;
  return url.protocol === 'https:' && url.port === '' && isS3(url.hostname, region);
}

/** https://docs.aws.amazon.com/general/latest/gr/s3.html; the bucket is a part of the host or of the path. */
function isS3(host: string, region: string): boolean {
  const { dnsSuffix } = partitionOf(region);
  return ['s3', 's3.dualstack', 's3-fips', 's3-fips.dualstack'].some((service) => {
    const endpoint = `${service}.${region}.${dnsSuffix}`;
    return host === endpoint || host.endsWith(`.${endpoint}`);
  });
}
