/** One process of a function: frozen while it has nothing to do, and killed when it takes more memory than it was given. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startWatchdog } from '../watchdog.ts';
import { residentMemoryMb } from './resident-memory.ts';
import { type Invocation, startRuntimeApi } from './runtime-api.ts';

export type Outcome = { kind: 'response' | 'error' | 'exit'; body: string };

export type Sandbox = {
  /** Null when it waits for an event; else how it failed to start, or ended since. */
  idle(): Promise<Outcome | null>;
  /** To be called when it waits. */
  run(invocation: Invocation): Promise<Outcome>;
  /** From the start of the process to its first question for an event. */
  readonly initMs: number;
  readonly maxRssMb: number;
  kill(): Promise<void>;
};

export type SandboxOptions = {
  folder: string;
  memoryMb: number;
  env: Readonly<Record<string, string>>;
  logFile: string;
  node: string;
};

const watchMemoryMs = 20;
const runtimeClient = fileURLToPath(new URL('runtime-client.mjs', import.meta.url));

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  let asked = Promise.withResolvers<(invocation: Invocation) => void>();
  let outcome = Promise.withResolvers<Outcome>();
  let initMs = 0;
  let maxRssMb = 0;
  let died: Outcome | null = null;
  const startedMs = performance.now();
  const api = await startRuntimeApi({
    next(give) {
      initMs ||= performance.now() - startedMs;
      signal(child, 'SIGSTOP');
      asked.resolve(give);
    },
    posted: (posted) => outcome.resolve(posted),
  });
  const child = startProcess(options, api.address);
  const watchdog = startWatchdog();
  if (child.pid !== undefined) watchdog.guard([-child.pid]);
  const watching = setInterval(() => {
    const rssMb = residentMemoryMb(child.pid ?? 0);
    maxRssMb = Math.max(maxRssMb, rssMb);
    if (rssMb > options.memoryMb) signal(child, 'SIGKILL');
  }, watchMemoryMs);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, killedBy) => {
      died = endOf({ code, killedBy, outOfMemory: maxRssMb > options.memoryMb });
      outcome.resolve(died);
      clearInterval(watching);
      signal(child, 'SIGKILL');
      watchdog.dismiss();
      api.close();
      resolve();
    });
  });

  return {
    idle: () => Promise.race([asked.promise.then(() => died), outcome.promise]),
    async run(invocation) {
      const give = await asked.promise;
      asked = Promise.withResolvers();
      signal(child, 'SIGCONT');
      give(invocation);
      const result = await outcome.promise;
      outcome = Promise.withResolvers();
      if (died !== null) outcome.resolve(died);
      return result;
    },
    get initMs() {
      return initMs;
    },
    get maxRssMb() {
      return maxRssMb;
    },
    async kill() {
      signal(child, 'SIGKILL');
      await exited;
    },
  };
}

function startProcess({ folder, memoryMb, env, logFile, node }: SandboxOptions, runtimeApi: string): ChildProcess {
  // A file, not a pipe: what the function has said is there when its answer is.
  const log = openSync(logFile, 'a', 0o600);
  const args = [`--max-old-space-size=${Math.floor(memoryMb * 0.9)}`, runtimeClient];
  const child = spawn(node, args, {
    cwd: folder,
    env: { ...env, AWS_LAMBDA_RUNTIME_API: runtimeApi },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  return child;
}

/** To the process and all it has started. */
function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // None is left.
  }
}

/** In the words of AWS. */
function endOf(end: { code: number | null; killedBy: NodeJS.Signals | null; outOfMemory: boolean }): Outcome {
  const errorType = end.outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
  const how = end.killedBy === null ? `exit status ${end.code}` : `signal: ${end.killedBy}`;
  return { kind: 'exit', body: JSON.stringify({ errorType, errorMessage: `Runtime exited with error: ${how}` }) };
}
