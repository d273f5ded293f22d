/** Runs one program to its end, within limits on time and output; what is left of it is killed, its children too. */
import { spawn } from 'node:child_process';
import { Fault } from '../../core/fault/fault.ts';

export type ToolRun = {
  /** Absolute path of the program, then its arguments. */
  command: readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** Another user to run as; only root may. */
  uid?: number;
  timeoutMs: number;
  maxOutputBytes: number;
  /** For messages: the tool's name and the folder it renders. */
  tool: string;
  path: string;
};

export type ToolResult = { exitCode: number | null; stdout: string; stderr: string };

/** A message is quoted, never parsed whole. */
const maxErrorBytes = 64 * 1024;

/** Faults: render.timed_out, render.too_large. Any exit code is a result. */
export function runTool(run: ToolRun): Promise<ToolResult> {
  const { command, cwd, env, uid, timeoutMs, maxOutputBytes, tool, path } = run;
  const [program = '', ...args] = command;
  const { promise, resolve, reject } = Promise.withResolvers<ToolResult>();
  const child = spawn(program, args, {
    cwd,
    env,
    ...(uid !== undefined && { uid, gid: uid }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout = collector(maxOutputBytes);
  const stderr = collector(maxErrorBytes);
  let stopped: Fault | undefined;
  const stop = (fault: Fault) => {
    stopped ??= fault;
    killGroup(child.pid);
  };
  const timer = setTimeout(() => stop(new Fault('render.timed_out', { tool, path, limitMs: timeoutMs })), timeoutMs);
  child.stdout.on('data', (chunk: Buffer) => {
    const fits = stdout.add(chunk);
    if (!fits) stop(new Fault('render.too_large', { path, limit: maxOutputBytes, what: 'bytes of output' }));
  });
  child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
  child.on('error', (error) => {
    clearTimeout(timer);
    reject(new Fault('render.tool_missing', { tool, because: error.message }, { cause: error }));
  });
  child.on('close', (exitCode) => {
    clearTimeout(timer);
    killGroup(child.pid);
    if (stopped === undefined) resolve({ exitCode, stdout: stdout.text(), stderr: stderr.text() });
    else reject(stopped);
  });
  return promise;
}

function collector(limitBytes: number): { add: (chunk: Buffer) => boolean; text: () => string } {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  return {
    add: (chunk) => {
      sizeBytes += chunk.length;
      if (sizeBytes <= limitBytes) chunks.push(chunk);
      return sizeBytes <= limitBytes;
    },
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}

/** `detached` made the program the head of a group of its own. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
