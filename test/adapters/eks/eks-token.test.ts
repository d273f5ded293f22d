import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { presignToken } from '../../../lib/adapters/eks/eks-token.ts';
import { decodeToken } from './decode-token.ts';

const now = Date.UTC(2026, 4, 1, 12, 3, 4);
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'a+/=' };
const shop = { cluster: 'shop', region: 'eu-west-1', credentials, now };

test('eks-token is a presigned GetCallerIdentity of the region, in which the name of the cluster is signed and not told', async () => {
  const { token } = await presignToken(shop);
  const { origin, pathname, searchParams } = decodeToken(token);
  const { 'X-Amz-Signature': signature, ...said } = Object.fromEntries(searchParams);
  equal(`${origin}${pathname}`, 'https://sts.eu-west-1.amazonaws.com/');
  equal(signature?.length, 64);
  deepEqual(said, {
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDEXAMPLE/20260501/eu-west-1/sts/aws4_request',
    'X-Amz-Date': '20260501T120304Z',
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    'X-Amz-Security-Token': 'a+/=',
  });
  notEqual((await presignToken({ ...shop, cluster: 'other' })).token, token);
});

test('eks-token counts for fourteen minutes, and no longer than its credentials', async () => {
  equal((await presignToken(shop)).expiresAt, now + 14 * 60_000);
  const expiration = new Date(now + 60_000);
  const short = await presignToken({ ...shop, credentials: { ...credentials, expiration } });
  equal(short.expiresAt, now + 60_000);
});

test('eks-token is meant for STS of China in China', async () => {
  const { token } = await presignToken({ ...shop, region: 'cn-north-1' });
  equal(decodeToken(token).hostname, 'sts.cn-north-1.amazonaws.com.cn');
});
