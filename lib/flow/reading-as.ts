/** Ports that read Git as the Applications of one project may: with its credentials, and heads that these have shown. */
import { headsName } from '../core/revision/heads-name.ts';
import type { Ports } from '../ports/ports.ts';

/** Whoever forgets it reads with what every project may use. `ports` may read as another project already. */
export function readingAs(project: string, ports: Ports): Ports {
  const unscoped = ports.unscoped ?? { gitHost: ports.gitHost, repositories: ports.repositories };
  const { gitHost, repositories } = unscoped;
  const nameOf = (repoURL: string) => headsName(repoURL, ports.readerOf(repoURL, project));
  return {
    ...ports,
    unscoped,
    gitHost: (repoURL) => gitHost(repoURL, project),
    repositories: {
      get: (repoURL) => repositories.get(nameOf(repoURL)),
      put: (repoURL, heads, version) => repositories.put(nameOf(repoURL), heads, version),
      forget: (repoURL) => repositories.forget(nameOf(repoURL)),
    },
  };
}
