/** One repository on one server: where requests to it go. */
import { Fault } from '../../core/fault/fault.ts';
import { coversRepository } from '../../core/revision/covers-repository.ts';
import { readRepositoryUrl } from '../../core/revision/repository-url.ts';

export type Remote = {
  /** As the Application names it, for people. */
  repoURL: string;
  /** Base URLs to try, in order: with and without `.git`. */
  bases: readonly string[];
};

/**
 * The origin is always that of `gitHosts[].url`: the token never goes anywhere else, nor over http when that says https,
 * and ssh forms are read over it. Faults git.unsupported_url, git.unknown_host.
 */
export function remoteOf(repoURL: string, hostURL: string): Remote {
  const { path } = readRepositoryUrl(repoURL);
  if (!coversRepository(hostURL, repoURL)) throw new Fault('git.unknown_host', { repoURL, known: hostURL });
  const base = `${new URL(hostURL).origin}/${path}`;
  return { repoURL, bases: [`${base}.git`, base] };
}
