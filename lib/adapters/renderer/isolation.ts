/** How far a rendering program is locked away from this machine, and the command line that does it. */
import { availableParallelism } from 'node:os';

/**
 * `jail`: sees only its own folder (chroot), no network, no other process, as nobody where we are root.
 * `user`: as nobody, so that it reads no environment or file of ours. `none`: as us, with an empty environment.
 */
export type Isolation = 'jail' | 'user' | 'none';

/** `nobody`, by number: minimal images have no name for it. */
export const nobody = 65_534;

export const unshare = '/usr/bin/unshare';

/** `root` is the workspace's folder, `cwd` a folder in it, `program` an absolute path (inside the jail for `jail`). */
export type Confined = { isolation: Isolation; root: string; cwd: string; program: string; args: readonly string[] };

export type ConfineLimits = { memoryBytes: number; timeoutMs: number };

/**
 * Go keeps to no limit of its own on memory, so the shell sets one; where it cannot, time and output still bound it. The
 * limit on processor time is for a program whose watcher was killed: nobody else would ever stop it.
 */
export function confine({ isolation, root, cwd, program, args }: Confined, limits: ConfineLimits): string[] {
  const kilobytes = Math.ceil(limits.memoryBytes / 1024);
  const seconds = Math.ceil(limits.timeoutMs / 1000) * availableParallelism();
  const shell = `ulimit -v ${kilobytes} 2>/dev/null; ulimit -t ${seconds} 2>/dev/null; exec "$@"`;
  const limited = ['/bin/sh', '-c', shell, 'sh'];
  if (isolation !== 'jail') return [...limited, program, ...args];
  const user = isRoot() ? ['--setuid', String(nobody), '--setgid', String(nobody)] : ['--user', '--map-root-user'];
  const walls = ['--net', '--ipc', '--pid', '--fork', '--kill-child', `--root=${root}`, `--wd=${cwd}`];
  return [...limited, unshare, ...user, ...walls, '--', program, ...args];
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
