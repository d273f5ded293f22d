import { deepEqual, equal, match, notEqual, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { eksAccess } from '../../../lib/adapters/eks/eks-access.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Access } from '../../../lib/ports/cluster-access.ts';
import { type Answer, type Asked, assumed, awsDouble, cluster, identity, now, pem } from './aws-double.ts';
import { decodeToken } from './decode-token.ts';

const minute = 60_000;
const shop = { cluster: 'shop', region: 'eu-west-1' };
const roleArn = 'arn:aws:iam::444455556666:role/trueup';
const faultWith = (code: string) => (error: unknown) => error instanceof Fault && error.code === code;

function tokenOf({ headers }: Access): URL {
  return decodeToken(String(headers.authorization).replace('Bearer ', ''));
}

test('eks-access leads to the endpoint, trusts the authority of the cluster alone, and signs with our own credentials', async (t) => {
  const { clients } = await awsDouble(t, () => cluster());
  const { origin, prefix, tls, headers, proxy } = await eksAccess({
    name: 'prod',
    eks: shop,
    installation: 'eu',
    clients,
    now: () => now,
  }).current();
  deepEqual([origin, prefix, tls, proxy], ['https://shop.eks.example.com', '', { ca: pem }, undefined]);
  const token = decodeToken(String(headers.authorization).replace('Bearer ', ''));
  equal(token.searchParams.get('X-Amz-Credential'), 'AKIDOWN/20260501/eu-west-1/sts/aws4_request');
  equal(token.searchParams.get('X-Amz-Date'), '20260501T120000Z');
});

test('eks-access asks AWS once, for all that wait and for the minutes that follow', async (t) => {
  let clock = now;
  const { clients, actions } = await awsDouble(t, () => cluster());
  const access = eksAccess({ name: 'prod', eks: shop, installation: 'eu', clients, now: () => clock });
  const [one, other] = await Promise.all([access.current(), access.current()]);
  equal(one, other);
  clock += 5 * minute - 1;
  equal(await access.current(), one);
  deepEqual(actions(), ['DescribeCluster']);
  clock += 1;
  notEqual((await access.current()).headers.authorization, one.headers.authorization);
  deepEqual(actions(), ['DescribeCluster', 'DescribeCluster']);
});

test('eks-access uses no token in the last minute of what signed it', async (t) => {
  let clock = now;
  let count = 0;
  const { clients } = await awsDouble(t, ({ action }) =>
    action === 'AssumeRole' ? assumed(`ASIA${++count}`, clock + 4 * minute) : cluster(),
  );
  const eks = { ...shop, roleArn };
  const access = eksAccess({ name: 'prod', eks, installation: 'eu', clients, now: () => clock });
  const first = await access.current();
  clock += 3 * minute - 1;
  equal(await access.current(), first);
  clock += 1;
  const next = tokenOf(await access.current());
  match(next.searchParams.get('X-Amz-Credential') ?? '', /^ASIA[2-9]/);
});

test('eks-access with a role describes and signs as that role', async (t) => {
  const { clients, asked } = await awsDouble(t, ({ action }) =>
    action === 'AssumeRole' ? assumed('ASIA1', now + 60 * minute) : cluster(),
  );
  const eks = { ...shop, roleArn, externalId: 'e-1' };
  const token = tokenOf(await eksAccess({ name: 'prod', eks, installation: 'eu', clients, now: () => now }).current());
  deepEqual(
    asked.map(({ action, accessKeyId }) => [action, accessKeyId]),
    [
      ['AssumeRole', 'AKIDOWN'],
      ['DescribeCluster', 'ASIA1'],
    ],
  );
  equal(asked[0]?.parameters.ExternalId, 'e-1');
  equal(token.searchParams.get('X-Amz-Security-Token'), 'session+/=');
});

test('eks-access that was refused asks all anew, once in ten seconds, and for what was in use only', async (t) => {
  let clock = now;
  let count = 0;
  let endpoint = 'https://old.example.com';
  const { clients, actions } = await awsDouble(t, ({ action }) =>
    action === 'AssumeRole' ? assumed(`ASIA${++count}`, clock + 60 * minute) : cluster({ endpoint }),
  );
  const eks = { ...shop, roleArn };
  const access = eksAccess({ name: 'prod', eks, installation: 'eu', clients, now: () => clock });
  const old = await access.current();
  endpoint = 'https://new.example.com';
  access.renew(old);
  const renewed = await access.current();
  equal(renewed.origin, 'https://new.example.com');
  match(tokenOf(renewed).searchParams.get('X-Amz-Credential') ?? '', /^ASIA2/);
  access.renew(old);
  clock += 9_999;
  access.renew(renewed);
  equal(await access.current(), renewed);
  equal(actions().length, 4);
  clock += 1;
  access.renew(renewed);
  notEqual(await access.current(), renewed);
});

test('eks-access goes on with what it knows while AWS does not answer', async (t) => {
  let clock = now;
  const answers: Answer[] = [cluster()];
  const { clients } = await awsDouble(t, () => answers.shift() ?? { error: 'ServerException', status: 503 });
  const access = eksAccess({ name: 'prod', eks: shop, installation: 'eu', clients, now: () => clock });
  const first = await access.current();
  clock += 20 * minute;
  const later = await access.current();
  equal(later.origin, first.origin);
  equal(tokenOf(later).searchParams.get('X-Amz-Date'), '20260501T122000Z');
});

test('eks-access of a role that was made anew is there at the second attempt', async (t) => {
  let clock = now;
  let count = 0;
  const refuses = ({ accessKeyId }: Asked) => clock > now && accessKeyId === 'ASIA1';
  const { clients } = await awsDouble(t, (asked) => {
    if (asked.action === 'AssumeRole') return assumed(`ASIA${++count}`, clock + 60 * minute);
    return refuses(asked) ? { error: 'UnrecognizedClientException', status: 403 } : cluster();
  });
  const eks = { ...shop, roleArn };
  const access = eksAccess({ name: 'prod', eks, installation: 'eu', clients, now: () => clock });
  await access.current();
  clock += 5 * minute;
  await rejects(access.current(), faultWith('eks.credentials_refused'));
  ok(await access.current());
});

test('eks-access that failed is asked again', async (t) => {
  const answers = [cluster({ status: 'CREATING', endpoint: undefined }), cluster()];
  const { clients } = await awsDouble(t, () => answers.shift() ?? { error: 'Unexpected' });
  const access = eksAccess({ name: 'prod', eks: shop, installation: 'eu', clients, now: () => now });
  await rejects(access.current(), faultWith('eks.not_ready'));
  ok(await access.current());
});

test('eks-access refuses a cluster that takes its ConfigMap only', async (t) => {
  const { clients } = await awsDouble(t, () => cluster({ accessConfig: { authenticationMode: 'CONFIG_MAP' } }));
  const access = eksAccess({ name: 'prod', eks: shop, installation: 'eu', clients, now: () => now });
  await rejects(access.current(), faultWith('eks.config_map_only'));
});

test('eks-access advises on the VPC where the endpoint is private, and only there', async (t) => {
  for (const endpointPublicAccess of [true, false]) {
    const { clients } = await awsDouble(t, () => cluster({ resourcesVpcConfig: { endpointPublicAccess } }));
    const access = eksAccess({ name: 'prod', eks: shop, installation: 'eu', clients, now: () => now });
    const { advice } = await access.current();
    equal(advice?.unreachable?.includes('VPC') ?? false, !endpointPublicAccess);
  }
});

test('eks-access advises to give the role of the cluster an access entry', async (t) => {
  const { clients } = await awsDouble(t, ({ action }) =>
    action === 'AssumeRole' ? assumed('ASIA1', now + 60 * minute) : cluster(),
  );
  const eks = { ...shop, roleArn };
  const { advice } = await eksAccess({ name: 'prod', eks, installation: 'eu', clients, now: () => now }).current();
  const command = `aws eks create-access-entry --cluster-name shop --region eu-west-1 --principal-arn ${roleArn} --kubernetes-groups trueup\``;
  ok(advice?.unauthorized?.includes(command));
});

test('eks-access asks who we are when we were refused, and advises to let that one in', async (t) => {
  const { clients } = await awsDouble(t, ({ action }) =>
    action === 'GetCallerIdentity' ? identity('arn:aws:sts::111122223333:assumed-role/sync/f') : cluster(),
  );
  const access = eksAccess({ name: 'prod', eks: shop, installation: 'eu', clients, now: () => now });
  const first = await access.current();
  match(
    first.advice?.unauthorized ?? '',
    /--principal-arn ARN --kubernetes-groups trueup`, where ARN is that of the role Trueup runs with/,
  );
  access.renew(first);
  match(
    (await access.current()).advice?.unauthorized ?? '',
    /--principal-arn arn:aws:iam::111122223333:role\/sync --kubernetes-groups trueup`/,
  );
});
