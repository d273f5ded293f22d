/** Runs a program to its end and gives what it printed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Command = readonly [path: string, ...args: string[]];

const run = promisify(execFile);

/** Rejects with what the program said when it fails; `signal` ends it. */
export async function runProgram([path, ...args]: Command, signal?: AbortSignal): Promise<string> {
  const { stdout } = await run(path, args, {
    maxBuffer: 64 * 1024 * 1024,
    ...(signal === undefined ? {} : { signal }),
  });
  return stdout;
}
