/** Programs that live and die together: logged, recorded in a file, and killed by the system's own means when we die first. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../lib/core/fault/fault.ts';
import { startWatchdog } from './watchdog.ts';

/** Without `env` it gets ours. */
export type Command = { name: string; path: string; args: readonly string[]; env?: NodeJS.ProcessEnv };

export type ProcessGroup = {
  readonly pids: Readonly<Record<string, number>>;
  start(command: Command): void;
  /** Waits for the end; kills after `graceMs`. What does not run is left alone. */
  stop(name: string, options: { graceMs: number }): Promise<void>;
  /** Fault local.start_failed when a program ended without being asked to. */
  check(): Promise<void>;
  logOf(name: string): string;
  leaveRunning(): void;
  /** To be called when all have been stopped. */
  close(): void;
};

export function processGroup(folder: string): ProcessGroup {
  const running = new Map<string, ChildProcess>();
  const ended = new Set<string>();
  const watchdog = startWatchdog();
  const logOf = (name: string) => join(folder, 'logs', `${name}.log`);
  const pids = () =>
    Object.fromEntries([...running].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid]])));
  const record = () => {
    watchdog.guard(Object.values(pids()).map(wholeGroup));
    writeFileSync(
      join(folder, 'pids'),
      Object.entries(pids())
        .map(([name, pid]) => `${pid} ${name}\n`)
        .join(''),
    );
  };
  mkdirSync(join(folder, 'logs'), { recursive: true });

  return {
    get pids() {
      return pids();
    },
    start({ name, path, args, env = process.env }) {
      const log = openSync(logOf(name), 'w', 0o600);
      // A group of its own: Ctrl-C in the terminal is for us alone, who then stop them in order.
      const child = spawn(path, args, { cwd: folder, env, detached: true, stdio: ['ignore', log, log] });
      closeSync(log);
      child.unref();
      running.set(name, child);
      ended.delete(name);
      child.once('error', () => ended.add(name));
      child.once('exit', () => {
        if (running.get(name) === child) ended.add(name);
      });
      record();
    },
    async stop(name, { graceMs }) {
      const child = running.get(name);
      if (child === undefined) return;
      running.delete(name);
      await end(child, graceMs);
      record();
    },
    async check() {
      const [program] = ended;
      if (program === undefined) return;
      const log = logOf(program);
      throw new Fault('local.start_failed', { program, log, because: await lastLines(log) });
    },
    logOf,
    leaveRunning: () => watchdog.dismiss(),
    close() {
      watchdog.dismiss();
      rmSync(join(folder, 'pids'), { force: true });
    },
  };
}

async function end(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.ref();
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill(graceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  const impatient = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(impatient);
  killOrphans(child.pid);
}

/** What the program itself has started, and left. */
function killOrphans(leader: number): void {
  try {
    process.kill(wholeGroup(leader), 'SIGKILL');
  } catch {
    // There are none.
  }
}

/** As kill(2) names the group that a process leads. */
function wholeGroup(leader: number): number {
  return -leader;
}

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-3).join('\n');
}
