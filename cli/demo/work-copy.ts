/** Ann's clone of the repository: she edits, commits and pushes as everybody does. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from '../../infra/local/git-server/git.ts';

export type WorkCopy = {
  /** Text of a file as it stands, relative to the repository. */
  read(path: string): Promise<string>;
  /** Writes and deletes (null) files, commits them and pushes. Gives the full SHA. */
  push(message: string, files: Readonly<Record<string, string | null>>): Promise<string>;
  /** Undoes one commit by another, and pushes that. Gives the full SHA. */
  revert(revision: string, message: string): Promise<string>;
};

export const author = 'Ann <ann@example.com>';

export async function openWorkCopy(folder: string, url: string): Promise<WorkCopy> {
  await mkdir(folder);
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await git(folder, 'remote', 'add', 'origin', url);
  const commitAndPush = async (message: string) => {
    await git(folder, 'add', '--all');
    await git(folder, 'commit', '--quiet', `--author=${author}`, `--message=${message}`);
    await git(folder, 'push', '--quiet', 'origin', 'main');
    return (await git(folder, 'rev-parse', 'HEAD')).trim();
  };
  return {
    read: (path) => readFile(join(folder, path), 'utf8'),
    async push(message, files) {
      for (const [path, text] of Object.entries(files)) {
        const target = join(folder, path);
        await mkdir(dirname(target), { recursive: true });
        await (text === null ? rm(target) : writeFile(target, text));
      }
      return commitAndPush(message);
    },
    async revert(revision, message) {
      await git(folder, 'revert', '--no-commit', revision);
      return commitAndPush(message);
    },
  };
}
