/** Reads a commit object. https://git-scm.com/docs/git-commit-tree#_commit_information */
import type { Commit } from '../../core/revision/commit.ts';

export type CommitObject = Omit<Commit, 'sha' | 'url'> & { tree: string };

/** `at` is when it was committed, not when it was written: a rebase keeps the older one. */
export function readCommit(bytes: Buffer): CommitObject {
  const end = bytes.indexOf('\n\n');
  const head = end < 0 ? bytes : bytes.subarray(0, end);
  const encoding = headerOf(head.toString('latin1'), 'encoding');
  const header = decode(head, encoding);
  const author = personOf(headerOf(header, 'author'));
  return {
    tree: headerOf(header, 'tree'),
    author: author.name,
    email: author.email,
    at: personOf(headerOf(header, 'committer')).at,
    message: end < 0 ? '' : decode(bytes.subarray(end + 2), encoding).trimEnd(),
  };
}

function headerOf(header: string, name: string): string {
  return new RegExp(`^${name} (.*)$`, 'm').exec(header)?.[1] ?? '';
}

function personOf(line: string): { name: string; email: string; at: string } {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<([^>]*)> (\d+)/.exec(line) ?? [];
  return { name, email, at: new Date(Math.min(Number(seconds), 8e9) * 1000).toISOString() };
}

/** Commits are UTF-8 unless they say otherwise (`i18n.commitEncoding`). */
function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding || 'utf-8').decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}
