/** From Trueup's role over a role of another account to a real API server, which asks AWS whose token it was shown. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { assumeRole } from '../../../lib/adapters/eks/assume-role.ts';
import { type AwsClients, openAwsClients } from '../../../lib/adapters/eks/aws-clients.ts';
import { eksAccess } from '../../../lib/adapters/eks/eks-access.ts';
import { findClusters } from '../../../lib/adapters/eks/find-clusters.ts';
import { connectCluster } from '../../../lib/adapters/kubernetes/connect-cluster.ts';
import type { EksTarget } from '../../../lib/core/eks/eks-cluster.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import {
  blindRole,
  deployRole,
  type EksSetting,
  externalId,
  lateRole,
  openEksSetting,
  own,
  region,
  theirs,
} from './eks-setting.ts';

let setting: EksSetting;
before(async () => {
  setting = await openEksSetting();
  for (const name of ['team-a', 'team-b']) await setting.create('/api/v1/namespaces', { metadata: { name } });
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/team-a';
  await setting.create(`${rbac}/rolebindings`, {
    metadata: { name: 'trueup' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'trueup:team-a' }],
  });
});
after(() => setting?.stop());

const shop: EksTarget = { cluster: 'shop', region, roleArn: deployRole, externalId };

function ownClients(): AwsClients {
  return openAwsClients({ endpoint: setting.endpoint, credentials: setting.credentials });
}

function connect(t: TestContext, eks: EksTarget = shop, clients = ownClients()) {
  const access = eksAccess({ name: 'prod', eks, installation: 'eu', clients, now: Date.now });
  const cluster = connectCluster({ name: 'prod', access, userAgent: 'trueup/test' });
  t.after(() => cluster.close());
  return cluster;
}

const configMap = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web', namespace },
  data: { a: '1' },
});
const web = (namespace: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'web' });

function faultWith(code: string, words: RegExp, hint = /./) {
  return (error: unknown) => {
    ok(error instanceof Fault, String(error));
    equal(error.code, code, error.message);
    match(error.message, words);
    match(error.hint, hint);
    return true;
  };
}

test('eks-sign-in without an access entry says which one to make, and works as soon as it is there', async (t) => {
  const cluster = connect(t, { ...shop, roleArn: lateRole });
  const command = `aws eks create-access-entry --cluster-name shop --region us-east-1 --principal-arn ${lateRole} --kubernetes-groups trueup\``;
  await rejects(
    cluster.facts(),
    faultWith('cluster.unauthorized', /prod refuses our credentials/, new RegExp(command)),
  );
  await setting.letIn(lateRole);
  const until = Date.now() + 10_000;
  while (!(await cluster.facts().catch(() => null))) {
    ok(Date.now() < until, 'the API server takes no notice of the access entry');
    await pause(100);
  }
});

test('eks-sign-in may do what RBAC gives the groups of its access entry, and no more', async (t) => {
  const cluster = connect(t);
  await cluster.apply(configMap('team-a'), { dryRun: false });
  equal((await cluster.read(web('team-a')))?.metadata.namespace, 'team-a');
  const session = `arn:aws:sts::${theirs}:assumed-role/deploy/trueup-eu`;
  await rejects(
    cluster.read(web('team-b')),
    faultWith('cluster.forbidden', new RegExp(`get on configmaps.*${session}`)),
  );
});

test('eks-sign-in with a secret that is not the right one is unauthorized', async (t) => {
  const { endpoint } = setting;
  const clients = ownClients();
  const target = { region, roleArn: deployRole, externalId };
  const role = assumeRole({ sts: clients.sts(region), target, installation: 'eu', now: Date.now });
  const right = await role.current();
  // AWS would not describe the cluster with a wrong one: that is asked with the right one.
  const eks: AwsClients['eks'] = (where) => clients.eks(where, role);
  const signedWith = (secretAccessKey: string) => {
    const { sts } = openAwsClients({ endpoint, credentials: { ...right, secretAccessKey } });
    return connect(t, { cluster: 'shop', region }, { sts, eks });
  };
  ok(await signedWith(right.secretAccessKey).facts());
  const unauthorized = faultWith('cluster.unauthorized', /refuses our credentials/);
  await rejects(signedWith('wrong').facts(), unauthorized);
});

test('eks-sign-in with a token for another cluster is unauthorized', async (t) => {
  const cluster = connect(t, { ...shop, cluster: 'billing' });
  await rejects(cluster.facts(), faultWith('cluster.unauthorized', /refuses our credentials/));
});

test('eks-sign-in without the external id that the role demands is denied by AWS', async (t) => {
  const cluster = connect(t, { cluster: 'shop', region, roleArn: deployRole });
  const sync = `arn:aws:sts::${own}:assumed-role/sync/function`;
  await rejects(cluster.facts(), faultWith('eks.access_denied', new RegExp(`${sync} sts:AssumeRole on ${deployRole}`)));
});

test('eks-sign-in with a role that may not describe the cluster says the statement it lacks', async (t) => {
  const cluster = connect(t, { ...shop, roleArn: blindRole });
  const statement = /"Action":"eks:DescribeCluster","Resource":"arn:aws:eks:us-east-1:[*\d]+:cluster\/shop"/;
  await rejects(
    cluster.facts(),
    faultWith('eks.access_denied', /assumed-role\/blind\/trueup-eu eks:DescribeCluster/, statement),
  );
});

test('eks-sign-in to a cluster of another region, or with a name that is not there, says what is', async (t) => {
  const missing = faultWith('eks.cluster_not_found', /no EKS cluster shop in eu-west-1/, /Known there: none/);
  await rejects(connect(t, { ...shop, region: 'eu-west-1' }).facts(), missing);
  const mistyped = faultWith('eks.cluster_not_found', /no EKS cluster shp/, /Did you mean shop\?/);
  await rejects(connect(t, { ...shop, cluster: 'shp' }).facts(), mistyped);
});

test('eks-sign-in to a cluster that takes its ConfigMap only is refused with the command that mends it', async (t) => {
  const refused = faultWith('eks.config_map_only', /old in us-east-1/, /--name old .*API_AND_CONFIG_MAP/);
  await rejects(connect(t, { ...shop, cluster: 'old' }).facts(), refused);
});

test('eks-sign-in finds the clusters of the other account by their tag', async () => {
  const target = { region, roleArn: deployRole, externalId };
  const found = await findClusters({
    target,
    clients: ownClients(),
    installation: 'eu',
    now: Date.now,
    tag: { key: 'trueup', value: 'yes' },
  });
  deepEqual(
    found.map(({ arn }) => arn),
    ['old', 'shop'].map((name) => `arn:aws:eks:us-east-1:${theirs}:cluster/${name}`),
  );
});
