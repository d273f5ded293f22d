/** With which of the credentials of an installation a project reads a repository. */
import { coversRepository, prefixKey } from '../revision/covers-repository.ts';

/** `prefix`: `gitHosts[].url` or `credentials[].urlPrefix`. `project`: the only one that may use it; null: every one may. */
export type RepositoryReader = { prefix: string; project: string | null };

/**
 * The longest prefix that covers the repository among those the project may use; of two as long its own one, then the first.
 * `project` null: whoever reads for no project, as the fleet itself is read. null: none of them.
 */
export function chooseReader<Reader extends RepositoryReader>(
  readers: readonly Reader[],
  repoURL: string,
  project: string | null,
): Reader | null {
  const usable = readers.filter(
    (reader) => (reader.project === null || reader.project === project) && coversRepository(reader.prefix, repoURL),
  );
  const [best = null] = usable.toSorted(
    (a, b) => prefixKey(b.prefix).length - prefixKey(a.prefix).length || ownFirst(a, b),
  );
  return best;
}

function ownFirst(a: RepositoryReader, b: RepositoryReader): number {
  return Number(a.project === null) - Number(b.project === null);
}
