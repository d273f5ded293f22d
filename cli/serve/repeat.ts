/** Does something again and again until it is stopped. A failure is logged and does not end it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../lib/ports/log.ts';

export type Repeated = { stop(): Promise<void> };

/** `everyMs`: the pause between the end of one run and the start of the next. */
export function repeat(
  name: string,
  everyMs: number,
  run: (signal: AbortSignal) => Promise<void>,
  { log, startAfterMs = everyMs }: { log: Log; startAfterMs?: number },
): Repeated {
  const stopped = new AbortController();
  const { signal } = stopped;
  const loop = (async () => {
    await sleep(startAfterMs, undefined, { signal }).catch(() => {});
    while (!signal.aborted) {
      await run(signal).catch((error: unknown) => {
        if (!signal.aborted) log.error(`${name}.failed`, {}, error);
      });
      await sleep(everyMs, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
