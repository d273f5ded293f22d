/** When a window is active, found the slow way: every minute's wall-clock time is compared with the five fields. */
import { parseDuration } from '../../../lib/core/application/parse-duration.ts';
import type { SyncWindow } from '../../../lib/core/window/sync-window.ts';

const minuteMs = 60_000;
const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

export function naiveTimes(window: SyncWindow, from: number, until: number): (at: number) => boolean {
  const durationMs = parseDuration(window.duration) ?? 0;
  const clock = wallClock(window.timeZone);
  const [minute = '', hour = '', ...days] = window.schedule.split(' ');
  const isFixed = ![minute, hour].some((field) => field.startsWith('*'));
  const matches = (wall: number) => {
    const date = new Date(wall);
    return isIn(minute, date.getUTCMinutes(), 0, 59) && isIn(hour, date.getUTCHours(), 0, 23) && isDay(days, date);
  };
  const starts: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (let at = from - durationMs - 180 * minuteMs; at < until; at += minuteMs) {
    const wall = clock(at);
    // The clock went back: a fixed time was there already.
    const isRepeated = wall <= latest;
    const skipped = wall > latest + minuteMs && Number.isFinite(latest) ? minutesBetween(latest, wall) : [];
    const isStart = matches(wall) ? !(isFixed && isRepeated) : isFixed && skipped.some(matches);
    if (isStart) starts.push(at);
    latest = Math.max(latest, wall);
  }
  const active = new Set<number>();
  for (const start of starts) for (let at = start; at < start + durationMs; at += minuteMs) active.add(at);
  return (at) => active.has(at - (at % minuteMs));
}

function minutesBetween(after: number, before: number): number[] {
  const between: number[] = [];
  for (let wall = after + minuteMs; wall < before; wall += minuteMs) between.push(wall);
  return between;
}

/** The wall-clock time as if it were UTC. */
function wallClock(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute);
  };
}

/** Of the month OR of the week, where both are said. */
function isDay([day = '', month = '', weekday = '']: string[], date: Date): boolean {
  if (!isIn(month, date.getUTCMonth() + 1, 1, 12)) return false;
  const isOfMonth = isIn(day, date.getUTCDate(), 1, 31);
  const isOfWeek = isIn(weekday, date.getUTCDay(), 0, 7) || (date.getUTCDay() === 0 && isIn(weekday, 7, 0, 7));
  if (day === '*') return isOfWeek;
  return weekday === '*' ? isOfMonth : isOfMonth || isOfWeek;
}

function isIn(field: string, value: number, lowest: number, highest: number): boolean {
  return field.split(',').some((part) => {
    const [range = '', step = '1'] = part.split('/');
    const [low = lowest, high = range === '*' ? highest : low] = range === '*' ? [] : range.split('-').map(numberOf);
    const top = high === 0 && low > 0 ? 7 : high;
    return value >= low && value <= top && (value - low) % Number(step) === 0;
  });
}

function numberOf(text: string): number {
  const name = Math.max(names.indexOf(text.toUpperCase()), months.indexOf(text.toUpperCase()));
  return name >= 0 ? name : Number(text);
}
