/**
 * One text for all the ways to name one repository: host and path, in lower case.
 *
 * Scheme, user, port, `.git`, trailing slashes and upper case do not matter, as in Argo CD's webhook matching: the hosts
 * in use ignore case, and a web URL, a clone URL and an ssh URL differ in scheme and port. `altssh.` and `ssh.github.com`
 * are the same hosts on port 443. On a loopback address the port of http(s) does matter: there, two servers are two hosts.
 */
import { Fault } from '../fault/fault.ts';
import { type RepositoryUrl, readRepositoryUrl } from './repository-url.ts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** A text that is no repository URL stands for itself. */
export function repositoryKey(repoURL: string): string {
  try {
    return keyOf(readRepositoryUrl(repoURL));
  } catch (error) {
    if (error instanceof Fault) return repoURL.trim().toLowerCase();
    throw error;
  }
}

function keyOf({ scheme, host, port, path }: RepositoryUrl): string {
  const name = host === 'ssh.github.com' ? 'github.com' : host.replace(/^altssh\./, '');
  const place = loopback.test(host) && scheme !== 'ssh' && port !== '' ? `${name}:${port}` : name;
  return `${place}/${path.toLowerCase()}`;
}
