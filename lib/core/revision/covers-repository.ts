/** Whether `gitHosts[].url` is the host of a repository, and so whether its token may be shown there. */
import { Fault } from '../fault/fault.ts';
import { repositoryKey } from './repository-key.ts';

/** `hostURL` may carry a path (`https://example.com/git`, `https://github.com/my-org`): then only what lies below it. */
export function coversRepository(hostURL: string, repoURL: string): boolean {
  try {
    const below = repositoryKey(`${hostURL.replace(/\/+$/, '')}/any`).slice(0, -'any'.length);
    return repositoryKey(repoURL).startsWith(below);
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}
