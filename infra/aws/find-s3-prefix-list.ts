/** Finds the id that S3's addresses have in a region: it differs from region to region, and CloudFormation cannot look it up. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { partitionOf } from '../../lib/core/eks/partition-of.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import type { AwsSession } from './aws-session.ts';

/** EC2's client is as large as all others together, for this one question. Faults: deploy.not_allowed, deploy.unreachable. */
export async function findS3PrefixList({ region, principal, cloudFormation }: AwsSession): Promise<string> {
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? `https://ec2.${region}.${partitionOf(region).dnsSuffix}`);
  const name = `com.amazonaws.${region}.s3`;
  const body = new URLSearchParams({
    Action: 'DescribeManagedPrefixLists',
    Version: '2016-11-15',
    'Filter.1.Name': 'prefix-list-name',
    'Filter.1.Value.1': name,
  }).toString();
  const credentials = await cloudFormation.config.credentials();
  const signer = new SignatureV4({ service: 'ec2', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: '/',
    headers: { host: endpoint.host, 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
  const answer = await fetch(endpoint, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) }).catch(
    (cause: unknown) => {
      throw new Fault('deploy.unreachable', { region }, { cause });
    },
  );
  const said = await answer.text();
  const id = /<prefixListId>(pl-[0-9a-f]+)<\/prefixListId>/.exec(said)?.[1];
  if (id !== undefined) return id;
  const because = /<Message>([^<]*)/.exec(said)?.[1] ?? `EC2 knows no prefix list ${name}`;
  throw new Fault('deploy.not_allowed', { principal, because: `ec2:DescribeManagedPrefixLists: ${because}` });
}
