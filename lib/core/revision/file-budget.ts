/** Watches over the files of one fetch as they come: how many, how large, and whether their paths stay in the tree. */
import { Fault } from '../fault/fault.ts';
import type { FileLimits } from '../render/source-files.ts';

type Place = { repoURL: string; sha: string };

/** Call the result for every file, before its bytes are kept. Faults git.too_large, git.unsafe_path. */
export function fileBudget({ repoURL, sha }: Place, limits: FileLimits): (path: string, sizeBytes: number) => void {
  let files = 0;
  let totalBytes = 0;
  const tooLarge = (limit: number, what: string) =>
    new Fault('git.too_large', { repoURL, revision: sha.slice(0, 7), limit, what });
  return (path, sizeBytes) => {
    files += 1;
    totalBytes += sizeBytes;
    if (!isSafe(path)) throw new Fault('git.unsafe_path', { path, repoURL, because: 'a name in it is not allowed' });
    if (files > limits.maxFiles) throw tooLarge(limits.maxFiles, 'files');
    if (sizeBytes > limits.maxFileBytes) throw tooLarge(limits.maxFileBytes, `bytes in the file ${path}`);
    if (totalBytes > limits.maxTotalBytes) throw tooLarge(limits.maxTotalBytes, 'bytes in all files');
  };
}

/** Git refuses these names too, but a tree made by hand may hold them: https://git-scm.com/docs/git-fsck (hasDotdot, hasDotgit). */
function isSafe(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((name) => !/^(|\.|\.\.|\.git)$/i.test(name));
}
