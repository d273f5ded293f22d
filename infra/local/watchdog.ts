/** Kills our programs when this process is gone, even by kill -9. */
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

export type Watchdog = {
  /** The processes to kill (below zero: the group that one leads); replaces those named before. */
  guard(pids: readonly number[]): void;
  /** From now on they may outlive us. */
  dismiss(): void;
};

/** A shell reads a pipe that only we hold open: however we end, the kernel closes it, and the shell wakes up. */
export function startWatchdog(): Watchdog {
  const script = 'while read -r line; do pids=$line; done; [ -z "$pids" ] || kill -s KILL -- $pids';
  const shell = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  // The shell may be killed by hand: then there is nobody to tell, and nothing to be done about it.
  shell.stdin.on('error', () => {});
  return {
    guard: (pids) => void shell.stdin.write(`${pids.join(' ')}\n`),
    dismiss: () => void shell.stdin.end('\n'),
  };
}
