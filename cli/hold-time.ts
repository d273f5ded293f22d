/** How long a hold lasts, as options: `--for 2h`, `--until 2026-01-31T18:00:00Z`, or neither for an open end. */
import type { Command } from 'commander';
import { Fault } from '../lib/core/fault/fault.ts';
import { duration } from './options.ts';

export type HoldTimeOptions = { for?: number; until?: string };

export function holdTimeOptions(command: Command): Command {
  return command
    .option('--for <duration>', 'the hold ends by itself after this long: 30m, 4h', duration)
    .option('--until <time>', 'the hold ends by itself then: 2026-01-31T18:00:00Z, or with +02:00');
}

/** ms since the epoch; null: it has no end. Fault config.bad_argument. */
export function holdUntil({ for: forMs, until }: HoldTimeOptions, now: number): number | null {
  if (forMs !== undefined && until !== undefined) {
    throw new Fault('config.bad_argument', {
      argument: '--until',
      found: 'given together with --for',
      allowed: 'one of them',
    });
  }
  if (until === undefined) return forMs === undefined ? null : now + forMs;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(until);
  const at = isTime ? Date.parse(until) : Number.NaN;
  if (at > now) return at;
  const allowed = 'a time to come with its zone, such as 2026-01-31T18:00:00Z';
  throw new Fault('config.bad_argument', { argument: '--until', found: until, allowed });
}
