/** How much memory a process and all it has started hold, as Lambda counts it: together. Linux only; 0 elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';

/** Pages that two processes share count twice, so this is a little more than the truth. */
export function residentMemoryMb(pid: number): number {
  const children = threadsOf(pid).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' '));
  const own = Number(/^VmRSS:\s*(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
  return children
    .map(Number)
    .filter((child) => child > 0)
    .reduce((total, child) => total + residentMemoryMb(child), own);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** A process may end at any moment. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
