/** Waits for what was promised: looks again and again, and says which promise was broken when it does not come in time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../lib/core/fault/fault.ts';

export type Until = <T>(promise: string, look: () => Promise<T | null>, options?: { withinMs: number }) => Promise<T>;

const pollMs = 150;

/** `look` gives null as long as it is not there yet. Fault demo.broken_promise. */
export function createUntil({ withinMs: usually, signal }: { withinMs: number; signal: AbortSignal }): Until {
  return async (promise, look, { withinMs } = { withinMs: usually }) => {
    const giveUpMs = performance.now() + withinMs;
    while (performance.now() < giveUpMs) {
      signal.throwIfAborted();
      const found = await look();
      if (found !== null) return found;
      await sleep(pollMs, undefined, { signal });
    }
    throw new Fault('demo.broken_promise', { promise, seconds: withinMs / 1000 });
  };
}
