/** Which audit logs are subscribed to, and for what. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { auditSubscriptions, changesByOthers } from '../../../infra/aws/subscribe-audit-logs.ts';

test('subscribe-audit-logs makes nothing of no clusters', () => deepEqual(auditSubscriptions(''), {}));

test('subscribe-audit-logs makes a filter for each log, under an id that CloudFormation takes and that stays', () => {
  const made = auditSubscriptions('/aws/eks/one-a/cluster,/aws/eks/one_a/cluster');
  equal(Object.keys(made).length, 2);
  for (const id of Object.keys(made)) match(id, /^[A-Za-z0-9]{1,255}$/);
  deepEqual(Object.keys(auditSubscriptions('/aws/eks/one_a/cluster')), Object.keys(made).slice(1));
});

test('subscribe-audit-logs filters within what CloudWatch Logs takes', () => {
  ok(changesByOthers.length <= 1024);
  match(changesByOthers, /^\{ .* \}$/);
});

test('subscribe-audit-logs and the Terraform module filter alike', async () => {
  const variables = await readFile(new URL('../../../infra/terraform/variables.tf', import.meta.url), 'utf8');
  ok(variables.includes(`default     = ${JSON.stringify(changesByOthers)}`));
});
