/** What makes an API server believe the tokens of EKS, as EKS starts its own. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `server`: `LocalAws.eksAuthUrl`. The cache of the API server ends soon, so that a changed access entry counts at once. */
export async function tokenWebhookFlags(folder: string, server: string): Promise<string[]> {
  const path = join(folder, 'token-webhook.json');
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'aws', cluster: { server } }],
    users: [{ name: 'api-server', user: {} }],
    contexts: [{ name: 'aws', context: { cluster: 'aws', user: 'api-server' } }],
    'current-context': 'aws',
  };
  await writeFile(path, JSON.stringify(content));
  return [
    `--authentication-token-webhook-config-file=${path}`,
    '--authentication-token-webhook-version=v1',
    '--authentication-token-webhook-cache-ttl=1s',
  ];
}
