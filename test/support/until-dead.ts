/** Which processes still run, and waiting until none does. */
import { deepEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export async function untilDead(pids: readonly number[]): Promise<void> {
  for (let tries = 0; tries < 50 && alive(pids).length > 0; tries++) await sleep(100);
  deepEqual(alive(pids), []);
}

/** A process nobody has waited for is dead all the same. */
export function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      return process.platform !== 'linux' || !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
}
