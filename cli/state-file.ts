/** An exported state on disk: written whole, read as often as it takes. */
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { writeWhole } from '../lib/adapters/files/write-whole.ts';
import { Fault } from '../lib/core/fault/fault.ts';
import type { StateSource } from '../lib/flow/check-state.ts';

/** Mode 0600; one that is there is replaced. Fault config.bad_argument. */
export async function writeStateFile(file: string, lines: AsyncIterable<string>): Promise<void> {
  await orBadArgument(file, 'a file that can be written', () => writeWhole(resolve(file), lines, { replace: true }));
}

/** Fault config.bad_argument when it is read and cannot be. */
export function openStateFile(file: string): StateSource {
  return {
    file,
    async *lines() {
      const stream = createReadStream(file, 'utf8');
      const opened = new Promise<void>((done, fail) => stream.once('ready', done).once('error', fail));
      await orBadArgument(file, 'a file that `trueup export` wrote', () => opened);
      yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    },
  };
}

async function orBadArgument<T>(found: string, allowed: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw new Fault('config.bad_argument', { argument: 'FILE', found, allowed, because: cause.message }, { cause });
  }
}
