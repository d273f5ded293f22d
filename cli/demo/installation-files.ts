/** The files of the demo's installation, as anybody would write them: trueup.yaml, its secrets, and one Application. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type InstallationOptions = {
  folder: string;
  gitUrl: string;
  kubeconfig: string;
  hookSecret: string;
  /** By channel name: where its notices go. The URLs are secrets. */
  slack: Readonly<Record<string, string>>;
};

export const applicationName = 'nginx';

/**
 * Gives the absolute path of trueup.yaml. Everything lies in files beside it, so that every command works from any
 * terminal. The fleet is still empty.
 */
export async function writeInstallation(options: InstallationOptions): Promise<string> {
  const { folder, hookSecret, slack } = options;
  const config = join(folder, 'trueup.yaml');
  await mkdir(join(folder, 'fleet'));
  await mkdir(join(folder, 'secrets'), { mode: 0o700 });
  const secrets = { hook: hookSecret, ...slack };
  for (const [name, value] of Object.entries(secrets)) {
    await writeFile(join(folder, 'secrets', name), `${value}\n`, { mode: 0o600 });
  }
  await writeFile(config, configText(options));
  return config;
}

/** Puts the Application into the fleet, where `trueup serve` finds it within two seconds. */
export async function writeApplication(options: {
  folder: string;
  repository: string;
  namespace: string;
}): Promise<void> {
  await writeFile(join(options.folder, 'fleet', `${applicationName}.yaml`), applicationText(options));
}

function configText({ gitUrl, kubeconfig, slack }: InstallationOptions): string {
  const channels = Object.keys(slack).map((name) => `    - {name: ${name}, url: {file: ./secrets/${name}}}`);
  return `installation: trueup-demo
store: {kind: sqlite, path: ./trueup.db}
gitHosts:
  - {name: git, kind: git, url: "${gitUrl}", webhookSecret: {file: ./secrets/hook}}
clusters:
  - {name: demo, kubeconfig: ${JSON.stringify(kubeconfig)}}
fleet: {path: ./fleet}
notifications:
  slack:
${channels.join('\n')}
`;
}

function applicationText({ repository, namespace }: { repository: string; namespace: string }): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${applicationName}
spec:
  project: default
  source:
    repoURL: ${repository}
    path: deploy
    targetRevision: main
  destination:
    name: demo
    namespace: ${namespace}
  syncPolicy:
    automated: {prune: true, selfHeal: true}
    syncOptions: [CreateNamespace=true]
`;
}
