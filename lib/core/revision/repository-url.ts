/** The parts of a repository URL as people write it: `https://`, `http://`, `ssh://` or `git@host:org/repo.git`. */
import { Fault } from '../fault/fault.ts';

export type RepositoryUrl = {
  scheme: 'https' | 'http' | 'ssh';
  /** Lower case, without user; IPv6 in brackets. */
  host: string;
  /** As written; empty for the scheme's own. */
  port: string;
  /** As in the URL (percent-encoded), without leading or trailing slash and without `.git`. */
  path: string;
};

const scpLike = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)([^\s:][^\s]*)$/;

/** Fault git.unsupported_url: another scheme, no path, or a text that a Git program could take for an option. */
export function readRepositoryUrl(repoURL: string): RepositoryUrl {
  const url = repoURL.startsWith('-') ? null : (parseUrl(repoURL) ?? parseScpLike(repoURL));
  const scheme = url?.protocol.slice(0, -1);
  if (url === null || (scheme !== 'https' && scheme !== 'http' && scheme !== 'ssh')) throw refused(repoURL, 'its form');
  const path = url.pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (path === '') throw refused(repoURL, 'the path is missing');
  if (path.split('/').some((part) => part === '..' || part.startsWith('-'))) throw refused(repoURL, 'its path');
  return { scheme, host: url.hostname.toLowerCase(), port: url.port, path };
}

export function isRepositoryUrl(text: string): boolean {
  try {
    return readRepositoryUrl(text).path !== '';
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

function parseUrl(text: string): URL | null {
  return text.includes('://') ? URL.parse(text) : null;
}

function parseScpLike(text: string): URL | null {
  const [, host, path] = scpLike.exec(text) ?? [];
  return host === undefined || path === undefined ? null : URL.parse(`ssh://${host}/${path.replace(/^\/+/, '')}`);
}

function refused(repoURL: string, because: string): Fault {
  return new Fault('git.unsupported_url', { repoURL: repoURL.replace(/\/\/[^/@]*@/, '//'), because });
}
