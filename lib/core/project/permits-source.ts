/** Whether the Applications of a project may read a repository. */
import { matchesGlob } from '../render/glob.ts';
import { repositoryKey } from '../revision/repository-key.ts';
import type { Project } from './project.ts';

/**
 * `*` alone is every repository; elsewhere `*` stops at `/` and `**` does not, as in Argo CD. A pattern after `!` denies,
 * wherever it stands. Scheme, user, port, case, `.git` and trailing slashes do not matter, in patterns neither.
 */
export function permitsSource({ sourceRepos }: Pick<Project, 'sourceRepos'>, repoURL: string): boolean {
  const repository = readPlainly(repoURL);
  if (repository === null) return false;
  const denied = sourceRepos.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const allowed = sourceRepos.filter((pattern) => !pattern.startsWith('!'));
  return (
    !denied.some((pattern) => matches(pattern, repository)) && allowed.some((pattern) => matches(pattern, repository))
  );
}

/** null: a host may read it as another repository than the rules do. */
function readPlainly(repoURL: string): string | null {
  const decoded = decode(repositoryKey(repoURL));
  if (decoded === null) return null;
  const isPlain = decoded.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
  return isPlain && !/[\\\u0000-\u0020]/.test(decoded) ? decoded : null;
}

/** A second layer of `%` would be undone by some hosts. */
function decode(key: string): string | null {
  try {
    const decoded = decodeURIComponent(key).toLowerCase();
    return decoded.includes('%') ? null : decoded;
  } catch {
    return null;
  }
}

function matches(pattern: string, repository: string): boolean {
  return pattern.trim() === '*' || matchesGlob(likeAKey(pattern), repository, '/');
}

/** A glob is no URL that could be parsed: taken apart as text, in the same way. */
function likeAKey(pattern: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/.exec(pattern.trim().toLowerCase()) ?? [];
  const bare = rest.replace(/^[^/]*@/, '');
  const scpLike = scheme === '' ? bare.replace(/^([^/:]+):(?!\d+(\/|$))\/*/, '$1/') : bare;
  const place = /^(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/.test(scpLike)
    ? scpLike
    : scpLike.replace(/^([^/:]+):\d+/, '$1');
  return place.replace(/\/+$/, '').replace(/\.git$/, '');
}
