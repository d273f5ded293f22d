/** Stops what an earlier run left running over the same folder. */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const waitMs = 10_000;

/** Only processes whose command line names the folder: a number may belong to somebody else by now. */
export async function stopLeftovers(folder: string): Promise<void> {
  const recorded = await readFile(join(folder, 'pids'), 'utf8').catch(() => '');
  const pids = recorded
    .split('\n')
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid > 0);
  await Promise.all(pids.map((pid) => stopOne(pid, folder)));
  await rm(join(folder, 'pids'), { force: true });
}

async function stopOne(pid: number, folder: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += 100) {
    if (!(await commandLine(pid)).includes(folder)) return;
    process.kill(pid, 'SIGKILL');
    await sleep(100);
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout;
}
