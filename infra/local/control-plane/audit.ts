/** The files and flags that make the API server tell who changed what. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlaneOptions } from './control-plane.ts';

/** Every write with what came of it, as EKS logs it; of Secrets only that it happened. Reads, leases and events are noise. */
const policy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [
    { level: 'None', verbs: ['get', 'list', 'watch'] },
    {
      level: 'None',
      resources: [{ group: 'coordination.k8s.io' }, { group: 'events.k8s.io' }, { group: '', resources: ['events'] }],
    },
    { level: 'Metadata', resources: [{ group: '', resources: ['secrets', 'serviceaccounts/token'] }] },
    { level: 'RequestResponse' },
  ],
};

/** Empty when no audit is wanted. */
export async function auditFlags(folder: string, logFile: string, options: ControlPlaneOptions): Promise<string[]> {
  const { auditWebhook, auditLog } = options;
  if (auditWebhook === undefined && !auditLog) return [];
  const policyFile = join(folder, 'audit-policy.json');
  await writeFile(policyFile, JSON.stringify(policy));
  const flags = [`--audit-policy-file=${policyFile}`];
  if (auditLog) flags.push(`--audit-log-path=${logFile}`);
  if (auditWebhook === undefined) return flags;
  const webhookFile = join(folder, 'credentials', 'audit-webhook.json');
  await writeFile(webhookFile, JSON.stringify(webhookConfig(auditWebhook.url)), { mode: 0o600 });
  // By default events wait up to 30 s for company.
  return [...flags, `--audit-webhook-config-file=${webhookFile}`, '--audit-webhook-batch-max-wait=200ms'];
}

function webhookConfig(url: string) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'audit', cluster: { server: url } }],
    users: [{ name: 'api-server', user: {} }],
    contexts: [{ name: 'audit', context: { cluster: 'audit', user: 'api-server' } }],
    'current-context': 'audit',
  };
}
