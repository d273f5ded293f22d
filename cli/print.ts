/** Writes a result on stdout: JSON and nothing else, or text for people. */
import type { OutputOptions } from './options.ts';

export function print<T>({ output }: OutputOptions, result: T, toText: (result: T) => string): void {
  const text = output === 'json' ? JSON.stringify(result, null, 2) : toText(result);
  process.stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`);
}

/** A line for people beside the result; stdout is for the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
