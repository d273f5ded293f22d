/** One name for the many URLs of one repository, as Argo CD compares them: `git@example.com:Team/App.git` → `example.com/team/app`. */

/** Scheme, user, port, case, a trailing slash and `.git` make no difference: a push names the host in other ways than an Application does. */
export function repositoryKey(repoURL: string): string {
  return repoURL
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+):\d+(?=\/)/, '$1')
    .replace(/^([^/:]+):/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
