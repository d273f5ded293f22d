/** Collects the answers: from flags, else by asking, else from defaults. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Fault } from '../../lib/core/fault/fault.ts';
import { readRepositoryUrl } from '../../lib/core/revision/repository-url.ts';
import type { InitAnswers } from './answers.ts';

type Answers = Omit<InitAnswers, 'folder'>;
type Env = Readonly<Record<string, string | undefined>>;
type Question = { key: keyof Answers; text: string; default(known: Partial<Answers>, env: Env): string };

const questions: readonly Question[] = [
  { key: 'repo', text: 'Repository to deploy (https://…)', default: () => '' },
  { key: 'path', text: 'Folder in it', default: () => '.' },
  { key: 'branch', text: 'Branch', default: () => 'main' },
  { key: 'name', text: 'Name of the Application', default: ({ repo }) => nameOf(repo) },
  { key: 'namespace', text: 'Namespace for objects that name none', default: () => 'default' },
  { key: 'kubeconfig', text: 'Kubeconfig', default: (_, env) => env.KUBECONFIG || join(homedir(), '.kube', 'config') },
  { key: 'context', text: 'Context of the kubeconfig (empty: its current one)', default: () => '' },
  { key: 'cluster', text: 'What to call the cluster', default: ({ context }) => asName(context ?? '') || 'main' },
  { key: 'tokenEnv', text: 'Environment variable with a token (empty: public repository)', default: () => '' },
  { key: 'publicUrl', text: 'URL where the Git host reaches Trueup (empty: not yet)', default: () => '' },
];

/** Faults config.bad_argument, git.unsupported_url. */
export async function askAnswers(given: Partial<Answers>, { ask, env }: { ask: boolean; env: Env }): Promise<Answers> {
  const known: Partial<Answers> = { ...given };
  const terminal = ask ? createInterface({ input: process.stdin, output: process.stderr }) : null;
  try {
    for (const question of questions) {
      const fallback = question.default(known, env);
      known[question.key] ??=
        (await terminal?.question(`${question.text}${fallback && ` [${fallback}]`}: `)) || fallback;
    }
  } finally {
    terminal?.close();
  }
  return check(known);
}

function check(known: Partial<Answers>): Answers {
  const { repo = '', path = '.', branch = 'main', name = '', namespace = 'default' } = known;
  const { cluster = 'main', kubeconfig = '', context = '', publicUrl = '', tokenEnv = '' } = known;
  if (repo === '') {
    throw new Fault('config.bad_argument', {
      argument: '--repo',
      found: 'left out',
      allowed: 'the URL of a repository',
    });
  }
  readRepositoryUrl(repo);
  const names = { '--name': name, '--cluster': cluster };
  for (const [argument, found] of Object.entries(names)) {
    if (found !== asName(found) || found === '') {
      throw new Fault('config.bad_argument', { argument, found, allowed: 'lower-case letters, digits and -' });
    }
  }
  return { repo, path, branch, name, namespace, cluster, kubeconfig, context, publicUrl, tokenEnv };
}

function nameOf(repo = ''): string {
  return asName((repo.split('/').at(-1) ?? '').replace(/\.git$/, '')) || 'app';
}

function asName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
