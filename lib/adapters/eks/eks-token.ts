/**
 * Makes the bearer token of an EKS cluster: a presigned STS GetCallerIdentity that the cluster's authenticator sends on.
 * As `aws eks get-token` (awscli/customizations/eks/get_token.py) and aws-iam-authenticator (pkg/token/token.go) make it.
 */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { partitionOf } from '../../core/eks/partition-of.ts';
import type { AwsCredentials } from './aws-credentials.ts';

export type EksToken = { token: string /** Milliseconds since 1970. */; expiresAt: number };

/** A token counts for 15 minutes after its signing; both originals keep one of them for clocks that differ. */
const validMs = 14 * 60_000;
const clusterHeader = 'x-k8s-aws-id';

/** `region` is the cluster's. A secret: whoever has it is us for as long as it counts. */
export async function presignToken(options: {
  cluster: string;
  region: string;
  credentials: AwsCredentials;
  now: number;
}): Promise<EksToken> {
  const { cluster, region, credentials, now } = options;
  // Not the FIPS host: the cluster's authenticator is who calls it, and in GovCloud this one is FIPS already.
  const hostname = `sts.${region}.${partitionOf(region).dnsSuffix}`;
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const { query } = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: hostname, [clusterHeader]: cluster },
    },
    {
      signingDate: new Date(now),
      // Not looked at: STS takes 15 minutes whatever stands here, and old authenticators refuse more than 60.
      expiresIn: 60,
      // As a header it is signed and not told: the authenticator adds its own cluster's name, which must be this one.
      unhoistableHeaders: new Set([clusterHeader]),
    },
  );
  const url = `https://${hostname}/?${inOrder(query ?? {})}`;
  return {
    token: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`,
    expiresAt: Math.min(now + validMs, credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY),
  };
}

/** The order of the CLI; to STS all orders are one. */
const order = [
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
];

function inOrder(query: Record<string, unknown>): string {
  return order
    .filter((name) => name in query)
    .map((name) => `${name}=${encodeURIComponent(String(query[name]))}`)
    .join('&');
}
