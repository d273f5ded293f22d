/** What the story writes: the configuration, the Application, and what it deploys. */
import type { VerifySetting } from './verify-setting.ts';

export const application = 'verify';

export function configText({ stage, region, cluster, repository, slackUrl }: VerifySetting): string {
  const secret = (name: string) => ({ secretsManager: `trueup/${stage}/${name}` });
  const config = {
    installation: `trueup-${stage}`,
    store: { kind: 'aws', stack: `trueup-${stage}`, region },
    gitHosts: [
      {
        name: 'git',
        kind: 'git',
        url: new URL(repository.url).origin,
        webhookSecret: secret('webhook/git'),
        ...(repository.token !== undefined && { token: secret('git/token') }),
      },
    ],
    clusters: [{ name: 'verify', eks: { cluster, region } }],
    fleet: { repoURL: repository.url, path: 'fleet', targetRevision: 'main' },
    notifications: { slack: slackUrl === undefined ? [] : [{ name: 'team', url: secret('notify/slack') }] },
    access: { tokens: [{ name: 'verify', token: secret('access/verify') }] },
  };
  // JSON is YAML.
  return `${JSON.stringify(config, null, 2)}\n`;
}

export function applicationText(namespace: string, { repository }: VerifySetting): string {
  const document = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: application, finalizers: ['resources-finalizer.argocd.argoproj.io'] },
    spec: {
      project: 'default',
      source: { repoURL: repository.url, targetRevision: 'main', path: 'app' },
      destination: { name: 'verify', namespace },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A kustomization, so that the render function has a program to run. */
export function manifests(image: string): Record<string, string> {
  const labels = { app: 'web' };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } },
    },
  };
  return {
    'app/kustomization.yaml':
      'resources: [deployment.yaml]\nconfigMapGenerator: [{name: settings, literals: [color=blue]}]\n',
    'app/deployment.yaml': `${JSON.stringify(deployment, null, 2)}\n`,
  };
}
