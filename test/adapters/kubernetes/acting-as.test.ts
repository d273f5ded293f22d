/** Writes as a ServiceAccount carry its name and nobody else's; what they are refused says whom to grant what. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { apiDouble, configMap, status } from './api-double.ts';

const bot = { namespace: 'shop', name: 'bot' };
const web = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web' };
const managed = { managedFields: [], resourceVersion: '1' };

test('acting-as names the account in every write and rehearsal, and in nothing else', async (t) => {
  const { cluster, asked } = await apiDouble(t, () => ({ json: configMap('web') }));
  const acting = cluster.as(bot);
  const live = configMap('web');
  await cluster.read(web);
  await acting.apply(configMap('web'), { dryRun: true });
  await acting.apply(configMap('web'), { dryRun: false });
  await acting.replace(configMap('web'), { dryRun: true, live });
  await acting.rehearseCreate(configMap('web'), {});
  await acting.own(web, managed);
  await acting.remove(web, { uid: 'u', propagation: 'Background' });
  await cluster.apply(configMap('web'), { dryRun: false });
  const impersonated = asked.map(({ method, path, headers }) =>
    path.includes('configmaps') ? `${method} ${headers['impersonate-user'] ?? 'ourselves'}` : 'discovery',
  );
  const user = 'system:serviceaccount:shop:bot';
  deepEqual(
    impersonated.filter((each) => each !== 'discovery'),
    [
      'GET ourselves',
      `PATCH ${user}`,
      `PATCH ${user}`,
      `PUT ${user}`,
      `PATCH ${user}`,
      `POST ${user}`,
      `PATCH ${user}`,
      `DELETE ${user}`,
      'PATCH ourselves',
    ],
  );
  ok(asked.every(({ headers }) => headers['impersonate-group'] === undefined));
});

test('acting-as takes the place of whom the kubeconfig impersonates, with his groups', async (t) => {
  const user = { token: 't', as: 'ann', 'as-groups': ['system:masters'] };
  const { cluster, asked } = await apiDouble(t, () => ({ json: configMap('web') }), { user });
  await cluster.as(bot).apply(configMap('web'), { dryRun: false });
  const { headers } = asked.at(-1) ?? {};
  equal(headers?.['impersonate-user'], 'system:serviceaccount:shop:bot');
  equal(headers?.['impersonate-group'], undefined);
});

const user = 'system:serviceaccount:shop:bot';
for (const { it, message, code, hint, says } of [
  {
    it: 'the account lacks',
    message: `configmaps "web" is forbidden: User "${user}" cannot patch resource "configmaps" in API group "" in the namespace "shop"`,
    code: 'cluster.account_forbidden',
    says: /does not allow the ServiceAccount shop:bot patch on configmaps in the namespace shop/,
    hint: /kubectl auth can-i patch configmaps -n shop --as system:serviceaccount:shop:bot/,
  },
  {
    it: 'we lack to act as it',
    message: `serviceaccounts "bot" is forbidden: User "trueup" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "shop"`,
    code: 'cluster.may_not_impersonate',
    says: /may not act as the ServiceAccount shop:bot in lab/,
    hint: /\{apiGroups: \[""\], resources: \[serviceaccounts\], verbs: \[impersonate\], resourceNames: \[bot\]\}/,
  },
])
  test(`acting-as says which right ${it}`, async (t) => {
    const { cluster } = await apiDouble(t, () => status(403, message, { reason: 'Forbidden' }));
    await rejects(cluster.as(bot).apply(configMap('web'), { dryRun: true }), (error) => {
      ok(error instanceof Fault, String(error));
      equal(error.code, code);
      match(error.message, says);
      match(error.hint, hint);
      return true;
    });
  });
