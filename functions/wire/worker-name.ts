/** How a process signs its leases, and how another on the same machine tells that it is dead. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export function workerName(): string {
  return `${hostname()}/${process.pid}/${randomBytes(4).toString('hex')}`;
}

/** False when in doubt: a holder on another machine, or a process id that is in use again. */
export function isDeadWorker(holder: string): boolean {
  const [host, pid] = holder.split('/');
  if (host !== hostname() || !/^[1-9]\d*$/.test(pid ?? '')) return false;
  // A container starts again under the same name and number.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return isUnburied(Number(pid));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** Dead, but its parent has not asked yet: Linux goes on answering for it. Elsewhere nobody can tell. */
function isUnburied(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
