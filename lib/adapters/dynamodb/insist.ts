/** Does again what lost a race, a few times and each time a little later, so that two who met do not meet again. */
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../core/fault/fault.ts';
import { type Asked, dynamodbFault, isInTheWay } from './dynamodb-fault.ts';

const attempts = 10;
const firstDelayMs = 20;
const longestDelayMs = 1_000;

/** Asks DynamoDB. The SDK repeats what was throttled or got no answer; here the conflicts of transactions are repeated. */
export async function insist<T>(asked: Asked, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === attempts || !isInTheWay(error)) throw dynamodbFault(error, asked);
    }
    await waitALittle(attempt);
  }
}

/** `work` reads, and writes only if nothing has changed since; null: something had. Fault store.throttled when it always has. */
export function untilWritten<T>(table: string, work: () => Promise<T | null>): Promise<T> {
  return untilDone({ path: table, because: 'other writers keep changing the same item' }, work);
}

/** null: not done yet. Fault store.throttled when it never is. */
export async function untilDone<T>(
  facts: { path: string; because: string },
  work: () => Promise<T | null>,
): Promise<T> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const done = await work();
    if (done !== null) return done;
    await waitALittle(attempt);
  }
  throw new Fault('store.throttled', facts);
}

/** Full jitter. https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/ */
function waitALittle(attempt: number): Promise<void> {
  return pause(Math.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** attempt));
}
