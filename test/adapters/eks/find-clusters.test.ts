import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { findClusters } from '../../../lib/adapters/eks/find-clusters.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { type Answer, assumed, awsDouble, cluster, now } from './aws-double.ts';

const tags: Record<string, Record<string, string>> = {
  billing: { trueup: 'eu' },
  shop: { trueup: 'us', team: 'a' },
  old: { team: 'a' },
};

async function find(t: TestContext, tag: { key: string; value?: string }, describe = described) {
  const pages: Record<string, Answer> = {
    '': { json: { clusters: ['shop', 'old'], nextToken: 'p2' } },
    p2: { json: { clusters: ['billing'] } },
  };
  const double = await awsDouble(t, ({ action, cluster: name, parameters }) => {
    if (action === 'AssumeRole') return assumed('ASIA1', now + 3_600_000);
    return action === 'ListClusters' ? (pages[parameters.nextToken ?? ''] ?? { error: 'Unexpected' }) : describe(name);
  });
  const target = { region: 'eu-west-1', roleArn: 'arn:aws:iam::111122223333:role/find' };
  const found = findClusters({ target, clients: double.clients, installation: 'eu', now: () => now, tag });
  return { found, double };
}

function described(name: string): Answer {
  return cluster({ name, tags: tags[name] });
}

for (const { it, tag, gives } of [
  { it: 'with the tag, on all pages, in order', tag: { key: 'trueup' }, gives: ['billing', 'shop'] },
  { it: 'with the value of the tag', tag: { key: 'trueup', value: 'eu' }, gives: ['billing'] },
  { it: 'with a tag that none has', tag: { key: 'constructor' }, gives: [] },
]) {
  test(`find-clusters finds those ${it}`, async (t) => {
    const { found } = await find(t, tag);
    deepEqual(
      (await found).map(({ name }) => name),
      gives,
    );
  });
}

test('find-clusters asks as the role, and says where each cluster is', async (t) => {
  const { found, double } = await find(t, { key: 'trueup', value: 'eu' });
  deepEqual(await found, [
    {
      name: 'billing',
      arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/billing',
      region: 'eu-west-1',
      tags: { trueup: 'eu' },
    },
  ]);
  ok(double.asked.filter(({ action }) => action !== 'AssumeRole').every(({ accessKeyId }) => accessKeyId === 'ASIA1'));
  equal(double.actions().filter((action) => action === 'AssumeRole').length, 1);
});

test('find-clusters passes over what may not be described, and what has gone meanwhile', async (t) => {
  const { found } = await find(t, { key: 'trueup' }, (name) => {
    if (name === 'old') return { error: 'AccessDeniedException', status: 403 };
    if (name === 'shop') return { error: 'ResourceNotFoundException', status: 404 };
    return described(name);
  });
  deepEqual(
    (await found).map(({ name }) => name),
    ['billing'],
  );
});

test('find-clusters that may describe none says so', async (t) => {
  const { found } = await find(t, { key: 'trueup' }, () => ({ error: 'AccessDeniedException', status: 403 }));
  await rejects(found, (error) => error instanceof Fault && error.code === 'eks.access_denied');
});

test('find-clusters that may not list says what is missing', async (t) => {
  const { clients } = await awsDouble(t, () => ({ error: 'AccessDeniedException', status: 403 }));
  const target = { region: 'eu-west-1' };
  const found = findClusters({ target, clients, installation: 'eu', now: () => now, tag: { key: 'trueup' } });
  await rejects(found, (error) => {
    ok(error instanceof Fault);
    equal(error.facts.statement, '{"Effect":"Allow","Action":"eks:ListClusters","Resource":"*"}');
    return true;
  });
});
