/** Says in our words why SQS did not take a message. */
import { Fault } from '../../core/fault/fault.ts';

export function sqsFault(cause: unknown, queue: string): Fault {
  const because = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new Fault('queue.unavailable', { queue, because }, { cause });
}
