/** The two files of a first installation, as text with comments: people keep editing them. */
import { isAbsolute, relative, resolve } from 'node:path';
import { readRepositoryUrl } from '../../lib/core/revision/repository-url.ts';
import type { InitAnswers } from './answers.ts';

export type Starter = {
  /** Name of the entry in gitHosts[], and so the end of the webhook URL. */
  gitHost: string;
  kind: 'github' | 'gitlab' | 'git';
  config: string;
  application: string;
};

export const webhookSecretFile = 'webhook-secret';

export function starterFiles(answers: InitAnswers): Starter {
  const { scheme, host, port } = readRepositoryUrl(answers.repo);
  const url = `${scheme === 'http' ? 'http' : 'https'}://${host}${port === '' || scheme === 'ssh' ? '' : `:${port}`}`;
  const kind = host === 'github.com' ? 'github' : host === 'gitlab.com' ? 'gitlab' : 'git';
  const gitHost = kind === 'git' ? 'git' : kind;
  return { gitHost, kind, config: configText(answers, { gitHost, kind, url }), application: applicationText(answers) };
}

type GitHostParts = { gitHost: string; kind: Starter['kind']; url: string };

function configText(answers: InitAnswers, { gitHost, kind, url }: GitHostParts): string {
  const { cluster, context, tokenEnv } = answers;
  const token = tokenEnv === '' ? [] : [`    token: {env: ${quote(tokenEnv)}}`];
  const chosen = context === '' ? [] : [`    context: ${quote(context)}`];
  return lines([
    'store: {kind: sqlite, path: ./trueup.db}',
    'gitHosts:',
    `  - name: ${gitHost}`,
    `    kind: ${kind}`,
    `    url: ${quote(url)}`,
    ...token,
    `    webhookSecret: {file: ./${webhookSecretFile}}`,
    'clusters:',
    `  - name: ${cluster}`,
    `    kubeconfig: ${quote(kubeconfigPath(answers))}`,
    ...chosen,
    'fleet: {path: ./fleet}   # a folder of Application documents',
  ]);
}

function applicationText({ name, repo, path, branch, cluster, namespace }: InitAnswers): string {
  return lines([
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    '  project: default',
    '  source:',
    `    repoURL: ${quote(repo)}`,
    `    path: ${quote(path)}`,
    `    targetRevision: ${quote(branch)}`,
    '  destination:',
    `    name: ${cluster}`,
    `    namespace: ${quote(namespace)}`,
    '  syncPolicy:',
    '    automated: {prune: true, selfHeal: true}',
    '    syncOptions: [CreateNamespace=true]',
  ]);
}

/** Relative when it lies below the folder, so that the folder can be moved. */
function kubeconfigPath({ folder, kubeconfig }: InitAnswers): string {
  const path = relative(resolve(folder), resolve(kubeconfig));
  return path.startsWith('..') || isAbsolute(path) ? resolve(kubeconfig) : `./${path}`;
}

/** A double-quoted YAML scalar is JSON. */
function quote(text: string): string {
  return /^[a-zA-Z./][\w./-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`;
}
