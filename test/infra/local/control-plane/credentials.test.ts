/** Keys and tokens are made once per folder, and the kubeconfigs say what they should. */
import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { auditFlags } from '../../../../infra/local/control-plane/audit.ts';
import { prepareCredentials } from '../../../../infra/local/control-plane/credentials.ts';
import { readKubeconfig, userKubeconfig, writeKubeconfig } from '../../../../infra/local/control-plane/kubeconfig.ts';
import { freePorts } from '../../../../infra/local/free-ports.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('credentials stay the same over starts, also when a user comes', async (t) => {
  const folder = tempFolder(t);
  const first = await prepareCredentials(folder, []);
  const key = readFileSync(join(first.folder, 'service-accounts.key'), 'utf8');
  const second = await prepareCredentials(folder, [{ name: 'alice', groups: ['dev', 'ops'] }]);
  equal(second.tokens.get('admin'), first.tokens.get('admin'));
  equal(readFileSync(join(first.folder, 'service-accounts.key'), 'utf8'), key);
  match(readFileSync(join(folder, 'credentials', 'tokens.csv'), 'utf8'), /^\S{20,},alice,alice,"dev,ops"$/m);
});

test('credentials differ between control planes and are readable by their owner only', async (t) => {
  const [one, other] = [tempFolder(t), tempFolder(t)];
  notEqual(
    (await prepareCredentials(one, [])).tokens.get('admin'),
    (await prepareCredentials(other, [])).tokens.get('admin'),
  );
  for (const file of ['tokens.csv', 'service-accounts.key']) {
    equal(statSync(join(one, 'credentials', file)).mode & 0o077, 0);
  }
});

test('kubeconfig reads back what was written, and names a file for every user', async (t) => {
  const path = userKubeconfig(tempFolder(t), 'system:kube-scheduler');
  const access = { server: 'https://127.0.0.1:6443', ca: 'PEM', user: 'system:kube-scheduler', token: 'secret' };
  await writeKubeconfig(path, access);
  deepEqual(await readKubeconfig(path), access);
  equal(statSync(path).mode & 0o077, 0);
});

test('free-ports are different from each other, and the preferred one comes first when it is free', async () => {
  const ports = await freePorts(3);
  equal(new Set(ports).size, 3);
  const [wanted = 0] = ports;
  const again = await freePorts(2, wanted);
  equal(again[0], wanted);
  ok(again.every((port) => port > 0));
});

test('audit adds no flags when it is not wanted, and a policy when it is', async (t) => {
  const folder = tempFolder(t);
  deepEqual(await auditFlags(folder, 'audit.log', { folder }), []);
  await prepareCredentials(folder, []);
  const flags = await auditFlags(folder, 'audit.log', {
    folder,
    auditLog: true,
    auditWebhook: { url: 'http://127.0.0.1:1/audit/a' },
  });
  deepEqual(
    flags.map((flag) => flag.split('=')[0]),
    ['--audit-policy-file', '--audit-log-path', '--audit-webhook-config-file', '--audit-webhook-batch-max-wait'],
  );
});
