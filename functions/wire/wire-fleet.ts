/** Where Application documents are read: a folder, or a folder of a repository. */
import { folderFleet } from '../../lib/adapters/files/folder-fleet.ts';
import type { Config } from '../../lib/core/config/config.ts';
import type { Fleet } from '../../lib/ports/fleet.ts';
import type { GitHost } from '../../lib/ports/git-host.ts';
import { repositoryFleet } from './repository-fleet.ts';

export function wireFleet({ fleet }: Config, gitHost: (repoURL: string) => GitHost): Fleet {
  const { repoURL, path = '.', targetRevision = 'HEAD' } = fleet;
  return repoURL === undefined ? folderFleet(path) : repositoryFleet({ repoURL, path, targetRevision }, gitHost);
}
