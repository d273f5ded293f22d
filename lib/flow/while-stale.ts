/** Reads and writes again when somebody else wrote in between: a controller that writes status at the same moment. */
import { Fault } from '../core/fault/fault.ts';

const attempts = 5;

/** Fault apply.stale when that did not help. `attempt` counts from 1. */
export async function whileStale<Result>(task: (attempt: number) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await task(attempt);
    } catch (error) {
      if (attempt === attempts || !(error instanceof Fault) || error.code !== 'apply.stale') throw error;
    }
  }
}
