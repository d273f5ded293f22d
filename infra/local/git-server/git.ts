/** Runs the git program on a repository, away from the user's own settings. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const gitEnvironment = {
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Trueup',
  GIT_AUTHOR_EMAIL: 'trueup@localhost',
  GIT_COMMITTER_NAME: 'Trueup',
  GIT_COMMITTER_EMAIL: 'trueup@localhost',
};

/** What it prints. `folder` is the repository or working copy. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  return (await gitBytes(folder, ...args)).toString('utf8');
}

export async function gitBytes(folder: string, ...args: string[]): Promise<Buffer> {
  const options = { cwd: folder, env: gitEnvironment, maxBuffer: 256 * 1024 * 1024, encoding: 'buffer' } as const;
  const { stdout } = await run('git', ['-c', 'safe.directory=*', ...args], options);
  return stdout;
}
