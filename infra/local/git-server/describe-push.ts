/** Writes the body that GitHub sends for a push: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
import { git } from './git.ts';
import type { PushedRef } from './pushed-refs.ts';

export type PushedRepository = {
  /** `org/app` */
  name: string;
  /** Folder of the bare repository. */
  folder: string;
  cloneURL: string;
};

/** GitHub's own limit. */
const mostCommits = 2048;

export async function describePush(repository: PushedRepository, { ref, before, after }: PushedRef, pusher: string) {
  const isNew = /^0+$/.test(before);
  const isGone = /^0+$/.test(after);
  const commits =
    isGone || ref.startsWith('refs/tags/') ? [] : await commitsOf(repository, isNew ? after : `${before}..${after}`);
  const forced = !isNew && !isGone && !(await isAncestor(repository.folder, before, after));
  return {
    ref,
    before,
    after,
    created: isNew,
    deleted: isGone,
    forced,
    base_ref: null,
    compare: `${webURL(repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    repository: {
      name: repository.name.split('/').at(-1) ?? repository.name,
      full_name: repository.name,
      clone_url: repository.cloneURL,
      html_url: webURL(repository),
      default_branch: (await git(repository.folder, 'symbolic-ref', '--short', 'HEAD')).trim(),
    },
    pusher: { name: pusher, email: `${pusher}@localhost` },
    sender: { login: pusher },
  };
}

function webURL({ cloneURL }: PushedRepository): string {
  return cloneURL.replace(/\.git$/, '');
}

async function isAncestor(folder: string, before: string, after: string): Promise<boolean> {
  const base = await git(folder, 'merge-base', before, after).catch(() => '');
  return base.trim() === before;
}

/** Oldest first, as GitHub lists them. */
async function commitsOf(repository: PushedRepository, range: string) {
  const format = '--format=%x00%H%x01%T%x01%an%x01%ae%x01%cn%x01%ce%x01%cI%x01%B%x01';
  const args = [
    'log',
    '--reverse',
    `--max-count=${mostCommits}`,
    '--name-status',
    '--no-renames',
    '--root',
    '-m',
    '--first-parent',
  ];
  const text = await git(repository.folder, '-c', 'core.quotePath=false', ...args, format, range, '--');
  return text
    .split('\0')
    .slice(1)
    .map((entry) => asCommit(entry, webURL(repository)));
}

function asCommit(entry: string, url: string) {
  const [
    id = '',
    tree_id = '',
    name = '',
    email = '',
    by = '',
    byEmail = '',
    timestamp = '',
    message = '',
    files = '',
  ] = entry.split('\x01');
  const changed = files
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
  const withStatus = (status: string) => changed.flatMap(([letter, path = '']) => (letter === status ? [path] : []));
  return {
    id,
    tree_id,
    distinct: true,
    message: message.trimEnd(),
    timestamp,
    url: `${url}/commit/${id}`,
    author: { name, email },
    committer: { name: by, email: byEmail },
    added: withStatus('A'),
    removed: withStatus('D'),
    modified: [...withStatus('M'), ...withStatus('T')],
  };
}
