/** The name that the heads of a repository are remembered by, as whoever reads it sees them. */
import { repositoryKey } from './repository-key.ts';

/**
 * `reader`: the project with whose own credential they were read; null: with what every project may use. No URL has a space,
 * so that no project can name the heads of another.
 */
export function headsName(repoURL: string, reader: string | null): string {
  return reader === null ? repoURL : `${reader} ${repositoryKey(repoURL)}`;
}
