/** Looks again and again until it is so, and says which promise was broken when it does not come in time. */
import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 250;

export async function until(promise: string, withinMs: number, look: () => Promise<boolean>): Promise<void> {
  const giveUpMs = performance.now() + withinMs;
  while (performance.now() < giveUpMs) {
    if (await look()) return;
    await sleep(pollMs);
  }
  throw new Error(`not within ${withinMs / 1000} s: ${promise}`);
}
