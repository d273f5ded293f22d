/** EKS on the local AWS: a cluster is described as the API server that stands for it, and its tokens are judged as AWS does. */
import { equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test, { after, before } from 'node:test';
import { promisify } from 'node:util';
import { CreateClusterCommand, DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import * as z from 'zod';
import type { LocalAws } from '../../../../infra/local/aws/local-aws.ts';
import { findAwsCli } from '../../../../infra/local/aws/python-tools.ts';
import { startLocalAws } from '../../../../infra/local/aws/start-local-aws.ts';
import { createRole } from './create-role.ts';

let aws: LocalAws;
before(async () => {
  aws = await startLocalAws();
});
after(() => aws.stop());

test('local-aws describes an EKS cluster as the API server that stands for it, and judges its tokens', async () => {
  const eks = new EKSClient(aws.clientConfig);
  const describe = async (name: string) => (await eks.send(new DescribeClusterCommand({ name }))).cluster;
  const roleArn = await createRole(aws.clientConfig, 'eks');
  for (const name of ['shop', 'other']) {
    await eks.send(new CreateClusterCommand({ name, roleArn, resourcesVpcConfig: {} }));
  }
  await aws.serveEks('shop', { server: 'https://127.0.0.2:6443', ca: 'PEM' });
  const shop = await describe('shop');
  equal(shop?.endpoint, 'https://127.0.0.2:6443');
  equal(shop?.certificateAuthority?.data, Buffer.from('PEM').toString('base64'));
  match((await describe('other'))?.endpoint ?? '', /localhost/);

  const good = await tokenOf('shop');
  equal((await review(aws.eksAuthUrl('shop'), good)).authenticated, true);
  // Signed for one cluster, shown to another; changed on the way; asked about by somebody who does not know the URL.
  equal((await review(aws.eksAuthUrl('other'), good)).authenticated, false);
  equal((await review(aws.eksAuthUrl('shop'), await tokenOf('shop', 'wrong'))).authenticated, false);
  equal((await review(aws.eksAuthUrl('shop').replace(/.{8}$/, 'aaaaaaaa'), good)).authenticated, false);
});

/** By AWS's own command line. It signs for the public address of STS, so it may not be told of ours. */
async function tokenOf(cluster: string, secret = 'test'): Promise<string> {
  const { AWS_ENDPOINT_URL: _, ...env } = aws.env;
  const args = ['eks', 'get-token', '--cluster-name', cluster];
  const { stdout } = await promisify(execFile)(await findAwsCli(), args, {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env, AWS_SECRET_ACCESS_KEY: secret },
  });
  return JSON.parse(stdout).status.token;
}

const reviewed = z.object({ status: z.object({ authenticated: z.boolean() }) });

async function review(url: string, token: string) {
  const body = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return reviewed.parse(await response.json()).status;
}
