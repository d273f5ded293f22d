/** Our token is, byte for byte, the one that the AWS CLI makes at the same moment with the same credentials. */
import { equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import * as z from 'zod';
import { findAwsCli } from '../../../infra/local/aws/python-tools.ts';
import type { AwsCredentials } from '../../../lib/adapters/eks/aws-credentials.ts';
import { presignToken } from '../../../lib/adapters/eks/eks-token.ts';
import { decodeToken } from './decode-token.ts';

const run = promisify(execFile);
const printed = z.object({ status: z.object({ token: z.string(), expirationTimestamp: z.string() }) });

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const session = { ...key, sessionToken: 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVz+LWVhc3QtMSJHMEUCIQ==' };

/** As somebody at another machine runs it: no endpoint of a local AWS, no profile. */
async function cliToken(credentials: AwsCredentials, region: string) {
  const { sessionToken } = credentials;
  const env = {
    PATH: process.env.PATH,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
  const args = ['eks', 'get-token', '--cluster-name', 'shop', '--region', region, '--output', 'json'];
  const { stdout } = await run(await findAwsCli(), args, { env });
  return printed.parse(JSON.parse(stdout)).status;
}

/** `20260501T120304Z`, as in X-Amz-Date. */
function timeOf(compact: string | null): number {
  return Date.parse((compact ?? '').replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}

for (const [whose, credentials] of [
  ['a user', key],
  ['a role', session],
] as const) {
  for (const region of ['eu-west-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1']) {
    test(`eks-token of ${whose} in ${region} is the one of the AWS CLI`, async () => {
      const { token, expirationTimestamp } = await cliToken(credentials, region);
      const theirs = decodeToken(token);
      const now = timeOf(theirs.searchParams.get('X-Amz-Date'));
      const ours = await presignToken({ cluster: 'shop', region, credentials, now });
      match(theirs.hostname, new RegExp(`^sts\\.${region}\\.amazonaws\\.com`));
      equal(decodeToken(ours.token).href, theirs.href);
      equal(ours.token, token);
      equal(Math.abs(ours.expiresAt - Date.parse(expirationTimestamp)) <= 1_000, true);
    });
  }
}
