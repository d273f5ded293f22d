import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { openAwsClients } from '../../../lib/adapters/eks/aws-clients.ts';
import { describeCluster } from '../../../lib/adapters/eks/describe-cluster.ts';
import { eksCredentials } from '../../../lib/adapters/eks/eks-credentials.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { type Answer, type AwsDouble, awsDouble, cluster, now, pem } from './aws-double.ts';

const shop = { cluster: 'shop', region: 'eu-west-1' };

function ask({ clients }: Pick<AwsDouble, 'clients'>) {
  const credentials = eksCredentials({ target: shop, clients, installation: 'eu', now: () => now });
  return describeCluster(clients.eks('eu-west-1', credentials), shop);
}

function faultWith(code: string, words: RegExp, hint = /./) {
  return (error: unknown) => {
    ok(error instanceof Fault, String(error));
    equal(error.code, code);
    match(error.message, words);
    match(error.hint, hint);
    return true;
  };
}

test('describe-cluster reads what signing in needs', async (t) => {
  const answer = cluster({ tags: { team: 'a' }, resourcesVpcConfig: { endpointPublicAccess: false } });
  deepEqual(await ask(await awsDouble(t, () => answer)), {
    name: 'shop',
    arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/shop',
    region: 'eu-west-1',
    status: 'ACTIVE',
    version: '1.36',
    endpoint: 'https://shop.eks.example.com',
    certificateAuthority: pem,
    authenticationMode: 'API',
    privateOnly: true,
    tags: { team: 'a' },
  });
});

test('describe-cluster says null for what a cluster in the making does not have', async (t) => {
  const young = { endpoint: undefined, certificateAuthority: {}, accessConfig: undefined, status: 'CREATING' };
  const { endpoint, certificateAuthority, authenticationMode } = await ask(await awsDouble(t, () => cluster(young)));
  deepEqual([endpoint, certificateAuthority, authenticationMode], [null, null, null]);
});

const missing: Answer = { error: 'ResourceNotFoundException', message: 'No cluster found', status: 404 };

for (const { it, listed, hint } of [
  {
    it: 'names the one that is meant',
    listed: { json: { clusters: ['shop1', 'billing'] } },
    hint: /shop1, billing. Did you mean shop1\?$/,
  },
  { it: 'names those that are there', listed: { json: { clusters: ['billing'] } }, hint: /Known there: billing\.$/ },
  { it: 'says that there are none', listed: { json: { clusters: [] } }, hint: /Known there: none/ },
  {
    it: 'says that they may not be listed',
    listed: { error: 'AccessDeniedException', status: 403 },
    hint: /eks:ListClusters is not allowed/,
  },
] satisfies { it: string; listed: Answer; hint: RegExp }[]) {
  test(`describe-cluster of a cluster that is not there ${it}`, async (t) => {
    const double = await awsDouble(t, ({ action }) => (action === 'ListClusters' ? listed : missing));
    await rejects(ask(double), faultWith('eks.cluster_not_found', /no EKS cluster shop in eu-west-1/, hint));
  });
}

const me = 'arn:aws:sts::111122223333:assumed-role/sync/f';
const arn = 'arn:aws:eks:eu-west-1:111122223333:cluster/shop';

for (const { error, status = 400, message, code, words, hint } of [
  {
    error: 'AccessDeniedException',
    status: 403,
    message: `User: ${me} is not authorized to perform: eks:DescribeCluster on resource: ${arn}`,
    code: 'eks.access_denied',
    words: new RegExp(`does not allow ${me} eks:DescribeCluster on ${arn}`),
    hint: new RegExp(`{"Effect":"Allow","Action":"eks:DescribeCluster","Resource":"${arn}"}$`),
  },
  {
    error: 'AccessDeniedException',
    status: 403,
    message: 'no',
    code: 'eks.access_denied',
    words: /does not allow the role of Trueup eks:DescribeCluster on arn:aws:eks:eu-west-1:\*:cluster\/shop/,
  },
  { error: 'ExpiredTokenException', status: 403, code: 'eks.credentials_expired', words: /have expired/ },
  { error: 'UnrecognizedClientException', status: 403, code: 'eks.credentials_refused', words: /does not accept/ },
  { error: 'InvalidSignatureException', status: 403, code: 'eks.credentials_refused', words: /does not accept/ },
  { error: 'ServerException', status: 500, code: 'eks.unreachable', words: /does not answer/, hint: /VPC/ },
  { error: 'InvalidParameterException', message: 'bad name', code: 'eks.failed', words: /refuses .*: bad name/ },
]) {
  test(`describe-cluster says ${code} for ${error} (${message ?? status})`, async (t) => {
    const double = await awsDouble(t, () => ({ error, status, ...(message !== undefined && { message }) }));
    await rejects(ask(double), faultWith(code, words, hint));
  });
}

test('describe-cluster says when nobody answers', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  await new Promise((closed) => server.close(closed));
  const clients = openAwsClients({
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  await rejects(ask({ clients }), faultWith('eks.unreachable', /does not answer .*ECONNREFUSED/));
});

test('describe-cluster says when there are no credentials, and lets a bug be a bug', async (t) => {
  const { clients } = await awsDouble(t, () => cluster());
  for (const [thrown, check] of [
    [
      Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }),
      faultWith('eks.no_credentials', /no AWS credentials/, /aws sso login/),
    ],
    [new RangeError('a bug'), (error: unknown) => error instanceof RangeError],
  ] as const) {
    const credentials = { current: () => Promise.reject(thrown), renew: () => undefined };
    await rejects(describeCluster(clients.eks('eu-west-1', credentials), shop), check);
  }
});
