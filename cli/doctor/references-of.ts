/** Every secret that a configuration refers to, and where it does. */
import type { Config } from '../../lib/core/config/config.ts';
import type { SecretReference } from '../../lib/core/config/secret-reference.ts';

export type PlacedReference = { where: string; reference: SecretReference };

export function referencesOf({ gitHosts, credentials, notifications, access }: Config): PlacedReference[] {
  const found: { where: string; reference: SecretReference | undefined }[] = [
    ...gitHosts.flatMap((host) => [
      { where: `gitHosts ${host.name} webhookSecret`, reference: host.webhookSecret },
      { where: `gitHosts ${host.name} token`, reference: host.token },
      { where: `gitHosts ${host.name} app.privateKey`, reference: 'app' in host ? host.app?.privateKey : undefined },
    ]),
    ...credentials.map(({ urlPrefix, password }) => ({ where: `credentials ${urlPrefix}`, reference: password })),
    ...notifications.slack.map(({ name, url }) => ({ where: `notifications.slack ${name}`, reference: url })),
    ...(access?.tokens ?? []).map(({ name, token }) => ({ where: `access.tokens ${name}`, reference: token })),
  ];
  return found.filter((placed): placed is PlacedReference => placed.reference !== undefined);
}
