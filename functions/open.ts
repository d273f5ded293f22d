/** What the doors of all functions have in common. */
import type { MiddlewareObj } from '@middy/core';

/** What a door works with, asked for at each invocation: the configuration may have changed since the last one. */
export type Open<Parts> = () => Promise<Parts>;

/** What runs around every invocation: logs, metrics, the self-test. */
export type Around = { middleware?: MiddlewareObj[] };

/**
 * Middy would give up 5 ms before Lambda does, with an error that says nothing, and what was under way would go on when the
 * function is thawed for another event. Lambda says that the time is up, and ends the process.
 */
export const untilKilled = { timeoutEarlyInMillis: 0 };
