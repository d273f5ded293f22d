/** Runs a program to its end and gives what it printed. It does not outlive us: half an installation would go on behind the lock. */
import { spawn } from 'node:child_process';
import { startWatchdog } from './watchdog.ts';

/** Throws with the last lines it said when it did not end with 0, and the system's error when it could not be started. */
export async function runGuarded(
  path: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(path, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const watchdog = startWatchdog();
  if (child.pid !== undefined) watchdog.guard([-child.pid]);
  let printed = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    said = (said + text).slice(-4000);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => watchdog.dismiss());
  if (code === 0) return printed;
  throw new Error(`${path} ${args.join(' ')} ended with ${code}: ${said.trim().split('\n').slice(-5).join('\n')}`);
}
