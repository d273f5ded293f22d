/** Every secret that a configuration refers to, where it does, and what for. */
import type { Config } from './config.ts';
import type { SecretReference } from './secret-reference.ts';

/** As the names of secrets on AWS: `trueup/STAGE/PURPOSE/NAME`. It decides which functions may read them. */
export type SecretPurpose = 'webhook' | 'git' | 'clusters' | 'notify' | 'access';
export type PlacedReference = { where: string; purpose: SecretPurpose; reference: SecretReference };

export function referencesOf({ gitHosts, credentials, clusters, notifications, access }: Config): PlacedReference[] {
  const found: (Omit<PlacedReference, 'reference'> & { reference: SecretReference | undefined })[] = [
    ...gitHosts.flatMap((host) => [
      { where: `gitHosts ${host.name} webhookSecret`, purpose: 'webhook' as const, reference: host.webhookSecret },
      { where: `gitHosts ${host.name} token`, purpose: 'git' as const, reference: host.token },
      {
        where: `gitHosts ${host.name} app.privateKey`,
        purpose: 'git' as const,
        reference: 'app' in host ? host.app?.privateKey : undefined,
      },
    ]),
    ...credentials.map(({ urlPrefix, password }) => ({
      where: `credentials ${urlPrefix}`,
      purpose: 'git' as const,
      reference: password,
    })),
    ...clusters.map(({ name, kubeconfig }) => ({
      where: `clusters ${name} kubeconfig`,
      purpose: 'clusters' as const,
      reference: typeof kubeconfig === 'string' ? undefined : kubeconfig,
    })),
    ...notifications.slack.map(({ name, url }) => ({
      where: `notifications.slack ${name}`,
      purpose: 'notify' as const,
      reference: url,
    })),
    ...(access?.tokens ?? []).map(({ name, token }) => ({
      where: `access.tokens ${name}`,
      purpose: 'access' as const,
      reference: token,
    })),
  ];
  return found.flatMap(({ reference, ...place }) => (reference === undefined ? [] : [{ ...place, reference }]));
}
