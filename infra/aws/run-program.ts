/** Runs a program to its end and shows what it says. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Throws when it does not end with 0. */
export async function runProgram(
  path: string,
  args: readonly string[],
  { cwd, env = process.env }: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<void> {
  const child = spawn(path, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${path} ${args.join(' ')} ended with ${code}`);
}
