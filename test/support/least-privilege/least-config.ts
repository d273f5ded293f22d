/** A configuration that makes every function use all that its role allows: each purpose has a secret in both services. */
import type { VerifySetting } from '../../../infra/aws/verify/verify-setting.ts';

/** Below `trueup/STAGE/`. */
export type Kept = { secretsManager: Record<string, string>; ssm: Record<string, string> };

export function secretsOf({ slackUrl = '' }: VerifySetting, kubeconfig: string): Kept {
  return {
    secretsManager: {
      'webhook/git': 'of git',
      'git/token': 'of git',
      'clusters/kept': kubeconfig,
      'notify/team': slackUrl,
      'access/one': 'of one',
    },
    ssm: {
      'webhook/hub': 'of hub',
      'git/hub': 'of hub',
      'clusters/parked': kubeconfig,
      'notify/others': slackUrl,
      'access/two': 'of two',
    },
  };
}

/** `searchRole`: of another account. */
export function leastConfig({ stage, region, cluster, repository }: VerifySetting, searchRole: string): string {
  const kept = (name: string) => ({ secretsManager: `trueup/${stage}/${name}` });
  const parked = (name: string) => ({ ssm: `/trueup/${stage}/${name}` });
  const config = {
    installation: `trueup-${stage}`,
    store: { kind: 'aws', stack: `trueup-${stage}`, region },
    gitHosts: [
      {
        name: 'git',
        kind: 'git',
        url: new URL(repository.url).origin,
        webhookSecret: kept('webhook/git'),
        token: kept('git/token'),
      },
      {
        name: 'hub',
        kind: 'github',
        url: 'https://hub.invalid',
        webhookSecret: parked('webhook/hub'),
        token: parked('git/hub'),
      },
    ],
    clusters: [
      { name: 'verify', eks: { cluster, region } },
      { name: 'kept', kubeconfig: kept('clusters/kept') },
      { name: 'parked', kubeconfig: parked('clusters/parked') },
    ],
    clusterSearches: [
      { tag: 'trueup=yes', region },
      { tag: 'trueup=there', region, roleArn: searchRole },
    ],
    fleet: { repoURL: repository.url, path: 'fleet', targetRevision: 'main' },
    notifications: {
      slack: [
        { name: 'team', url: kept('notify/team') },
        { name: 'others', url: parked('notify/others') },
      ],
    },
    access: {
      tokens: [
        { name: 'one', token: kept('access/one') },
        { name: 'two', token: parked('access/two') },
      ],
    },
  };
  return JSON.stringify(config, null, 2);
}
