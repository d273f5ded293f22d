/** Whether a URL prefix (`gitHosts[].url`, `credentials[].urlPrefix`) is that of a repository, and its token may be shown there. */
import { repositoryKey } from './repository-key.ts';
import { isRepositoryUrl } from './repository-url.ts';

/**
 * `https://github.com`, `https://github.com/my-org`, `https://example.com/git/app.git`: whole names, never a part of one.
 * What is no repository URL is covered by nothing.
 */
export function coversRepository(prefix: string, repoURL: string): boolean {
  if (!isRepositoryUrl(repoURL)) return false;
  const key = repositoryKey(repoURL);
  return key.startsWith(below(prefix)) || key === repositoryKey(prefix);
}

/** One text for all the ways to write one prefix; the longer of two that cover a repository is the closer one. */
export function prefixKey(prefix: string): string {
  return below(prefix).replace(/(\.git)?\/$/, '');
}

function below(prefix: string): string {
  return repositoryKey(`${prefix.replace(/\/+$/, '')}/any`).slice(0, -'any'.length);
}
