/** Adds to what a tool read what decided before it ran: the files looked for, and symbolic links. */
import { lookedFor } from './detect-tool.ts';
import { isWithin } from './repository-path.ts';
import type { SourceFiles } from './source-files.ts';

/** Everything (`.`) where a link is involved: its object id does not change with what it leads to. */
export function completeReads(files: SourceFiles, path: string, reads: readonly string[]): string[] {
  const isLinked = [...files].some(
    ([link, { kind }]) =>
      kind === 'symlink' && [...reads, path].some((read) => isWithin(link, read) || isWithin(read, link)),
  );
  if (isLinked) return ['.'];
  const looked = lookedFor(path).filter((name) => !reads.some((read) => isWithin(name, read)));
  return [...reads, ...looked].sort();
}
