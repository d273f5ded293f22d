/** When a sync window is active: its schedule in its time zone, daylight saving included. */
import { Cron } from 'croner';
import { parseDuration } from '../application/parse-duration.ts';
import type { SyncWindow } from './sync-window.ts';

/**
 * A wall-clock time that a change of the clocks skips begins right after the gap, one that comes twice begins the first time
 * (Vixie cron's rule); only `*` and steps count each hour that passes. The duration is time that really passes, so a window
 * over the change ends an hour earlier or later by the clock.
 */
export type WindowTimes = {
  isActive(at: number): boolean;
  /** When that changes next (ms since the epoch). `known` false: it had not by then, and nobody looked any further. */
  changeAfter(at: number): { at: number; known: boolean };
};

/** A window that is renewed before it ends is followed over this many renewals. */
const renewals = 100;

/** What is wrong with the window, where something is. */
export function windowTimes({ schedule, duration, timeZone }: SyncWindow): WindowTimes | { problem: string } {
  const durationMs = parseDuration(duration);
  if (durationMs === null || durationMs <= 0)
    return { problem: `the duration ${JSON.stringify(duration)} is none such as 8h or 1h30m` };
  if (!isTimeZone(timeZone)) {
    return { problem: `the time zone ${JSON.stringify(timeZone)} is none of the IANA database, such as Europe/Berlin` };
  }
  const starts = readSchedule(schedule, timeZone);
  return 'problem' in starts ? starts : timesOf(starts, durationMs);
}

function isTimeZone(timeZone: string): boolean {
  try {
    return timeZone !== '' && new Intl.DateTimeFormat('en', { timeZone }) !== null;
  } catch {
    return false;
  }
}

/** As Argo CD reads it: five fields, names, ranges and steps, `5/15` for `5-59/15`, days of the month OR of the week, `@daily`. */
function readSchedule(schedule: string, timeZone: string): Cron | { problem: string } {
  try {
    return new Cron(schedule, { timezone: timeZone, mode: '5-part', sloppyRanges: true, fixedTimeRule: 'no-wildcard' });
  } catch (error) {
    const because = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
    return { problem: `the schedule ${JSON.stringify(schedule)} is no cron expression of five fields: ${because}` };
  }
}

function timesOf(starts: Cron, durationMs: number): WindowTimes {
  /** When it ends, or ended, that began last; the library looks back from the moment before. */
  const endOfLast = (at: number) => {
    const [start] = starts.previousRuns(1, new Date(at + 1));
    return start === undefined ? Number.NEGATIVE_INFINITY : start.getTime() + durationMs;
  };
  const endAfter = (at: number) => {
    let end = at;
    for (let renewal = 0; renewal < renewals; renewal++) {
      const next = endOfLast(end);
      if (next <= end) return { at: end, known: true };
      end = next;
    }
    return { at: end, known: false };
  };
  const startAfter = (at: number) => ({
    at: starts.nextRun(new Date(at))?.getTime() ?? Number.POSITIVE_INFINITY,
    known: true,
  });
  const isActive = (at: number) => at < endOfLast(at);
  return { isActive, changeAfter: (at) => (isActive(at) ? endAfter(at) : startAfter(at)) };
}
