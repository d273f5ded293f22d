import { deepEqual, equal, fail, match } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SyncWindow } from '../../../lib/core/window/sync-window.ts';
import { type WindowTimes, windowTimes } from '../../../lib/core/window/window-times.ts';
import { aWindow } from './a-window.ts';
import { naiveTimes } from './naive-times.ts';

function timesOf(given: Partial<SyncWindow>): WindowTimes {
  const times = windowTimes(aWindow(given));
  return 'problem' in times ? fail(times.problem) : times;
}

/** From when to when it is active, seen from a moment before. */
function nextSpan(given: Partial<SyncWindow>, from: string): string[] {
  const times = timesOf(given);
  const start = times.changeAfter(Date.parse(from)).at;
  return [start, times.changeAfter(start).at].map((at) => new Date(at).toISOString().replace(':00.000Z', 'Z'));
}

// Berlin: 02:00 becomes 03:00 on 2026-03-29 (01:00Z); 03:00 becomes 02:00 on 2026-10-25 (01:00Z).
const berlin = { timeZone: 'Europe/Berlin' };
for (const { it, given, from, gives } of [
  {
    it: 'begins at the hour of its zone in winter',
    given: { ...berlin, schedule: '0 22 * * *' },
    from: '2026-01-10T12:00Z',
    gives: ['2026-01-10T21:00Z', '2026-01-10T22:00Z'],
  },
  {
    it: 'begins at the same hour in summer, also when asked in winter',
    given: { ...berlin, schedule: '0 22 1 7 *' },
    from: '2026-01-10T12:00Z',
    gives: ['2026-07-01T20:00Z', '2026-07-01T21:00Z'],
  },
  {
    it: 'that begins in the skipped hour begins right after it',
    given: { ...berlin, schedule: '30 2 * * *' },
    from: '2026-03-28T12:00Z',
    gives: ['2026-03-29T01:00Z', '2026-03-29T02:00Z'],
  },
  {
    it: 'of several hours, one of which is skipped, begins right after the gap too',
    given: { ...berlin, schedule: '30 2,14 * * *' },
    from: '2026-03-28T20:00Z',
    gives: ['2026-03-29T01:00Z', '2026-03-29T02:00Z'],
  },
  {
    it: 'over the skipped hour lasts as long as ever',
    given: { ...berlin, schedule: '0 1 * * *', duration: '4h' },
    from: '2026-03-28T12:00Z',
    gives: ['2026-03-29T00:00Z', '2026-03-29T04:00Z'],
  },
  {
    it: 'that begins in the doubled hour begins the first time',
    given: { ...berlin, schedule: '30 2 * * *' },
    from: '2026-10-24T12:00Z',
    gives: ['2026-10-25T00:30Z', '2026-10-25T01:30Z'],
  },
  {
    it: 'that began in the doubled hour does not begin a second time',
    given: { ...berlin, schedule: '30 2 * * *', duration: '15m' },
    from: '2026-10-25T00:45Z',
    gives: ['2026-10-26T01:30Z', '2026-10-26T01:45Z'],
  },
  {
    it: 'of every hour begins in the doubled hour twice',
    given: { ...berlin, schedule: '30 * * * *', duration: '15m' },
    from: '2026-10-25T00:45Z',
    gives: ['2026-10-25T01:30Z', '2026-10-25T01:45Z'],
  },
  {
    it: 'over the doubled hour lasts as long as ever',
    given: { ...berlin, schedule: '0 1 * * *', duration: '4h' },
    from: '2026-10-24T12:00Z',
    gives: ['2026-10-24T23:00Z', '2026-10-25T03:00Z'],
  },
  {
    it: 'over midnight',
    given: { schedule: '0 23 * * FRI', duration: '2h30m' },
    from: '2026-01-01T00:00Z',
    gives: ['2026-01-02T23:00Z', '2026-01-03T01:30Z'],
  },
  {
    it: 'that is renewed before it ends',
    given: { schedule: '0 8-10 * * *', duration: '90m' },
    from: '2026-01-01T00:00Z',
    gives: ['2026-01-01T08:00Z', '2026-01-01T11:30Z'],
  },
  {
    it: 'of Sunday as 0',
    given: { schedule: '0 0 * * 0' },
    from: '2026-01-01T00:00Z',
    gives: ['2026-01-04T00:00Z', '2026-01-04T01:00Z'],
  },
  {
    it: 'of Sunday as 7',
    given: { schedule: '0 0 * * 7' },
    from: '2026-01-01T00:00Z',
    gives: ['2026-01-04T00:00Z', '2026-01-04T01:00Z'],
  },
  {
    it: 'of a range of days over Sunday',
    given: { schedule: '0 0 * * SAT-SUN', duration: '24h' },
    from: '2026-01-01T00:00Z',
    gives: ['2026-01-03T00:00Z', '2026-01-05T00:00Z'],
  },
  {
    it: 'of a day of the month or of the week',
    given: { schedule: '0 0 13 jan FRI' },
    from: '2026-01-10T00:00Z',
    gives: ['2026-01-13T00:00Z', '2026-01-13T01:00Z'],
  },
  {
    it: 'of steps from a number on, as robfig/cron reads them',
    given: { schedule: '5/20 0 * * *', duration: '5m' },
    from: '2026-01-01T00:06Z',
    gives: ['2026-01-01T00:10Z', '2026-01-01T00:25Z'],
  },
] satisfies { it: string; given: Partial<SyncWindow>; from: string; gives: string[] }[])
  test(`window-times ${it}`, () => deepEqual(nextSpan(given, from), gives));

test('window-times is active from its first moment to before its last', () => {
  const times = timesOf({});
  const [start, end] = [Date.parse('2026-01-01T22:00:00Z'), Date.parse('2026-01-01T23:00:00Z')];
  deepEqual(
    [start - 1, start, end - 1, end].map((at) => times.isActive(at)),
    [false, true, true, false],
  );
});

test('window-times of a day that never comes never changes', () => {
  deepEqual(timesOf({ schedule: '0 0 31 2 *' }).changeAfter(0), { at: Number.POSITIVE_INFINITY, known: true });
});

test('window-times gives up following what is renewed for ever', () => {
  const { at, known } = timesOf({ schedule: '* * * * *', duration: '1h' }).changeAfter(0);
  equal(known, false);
  equal(at, 100 * 3_600_000);
});

for (const { it, given, says } of [
  {
    it: 'a schedule of four fields',
    given: { schedule: '0 22 * *' },
    says: /the schedule "0 22 \* \*" .* five fields/,
  },
  { it: 'a schedule with seconds', given: { schedule: '0 0 22 * * *' }, says: /five fields/ },
  { it: 'an hour that does not exist', given: { schedule: '0 25 * * *' }, says: /Invalid value for hour: 25/ },
  { it: 'an empty schedule', given: { schedule: '' }, says: /five fields/ },
  { it: 'a duration in words', given: { duration: 'one hour' }, says: /the duration "one hour"/ },
  { it: 'a duration of nothing', given: { duration: '0s' }, says: /the duration "0s"/ },
  { it: 'a zone that is none', given: { timeZone: 'Europe/Berln' }, says: /the time zone "Europe\/Berln"/ },
  { it: 'an empty zone', given: { timeZone: '' }, says: /the time zone ""/ },
] satisfies { it: string; given: Partial<SyncWindow>; says: RegExp }[])
  test(`window-times refuses ${it}`, () => {
    const times = windowTimes(aWindow(given));
    match('problem' in times ? times.problem : 'it is read', says);
  });

const minuteMs = 60_000;
const anyWindow = fc.record({
  schedule: fc
    .tuple(
      fc.constantFrom('0', '30', '59', '*/20', '10-12', '5,45', '*'),
      fc.constantFrom('*', '2', '0', '1-3', '*/2', '2,14', '23'),
      fc.constantFrom('*', '29', '25-28', '*/3', '1'),
      fc.constantFrom('*', '3', 'OCT', '3,10', '*/2'),
      fc.constantFrom('*', '0', '7', 'SUN', '1-5', 'SAT-SUN'),
    )
    .map((fields) => fields.join(' ')),
  duration: fc.constantFrom('1m', '7m', '45m', '1h', '90m', '25h'),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'),
});
/** Around the changes of the clocks of these zones, and one day without any. */
const anyDay = fc.constantFrom(
  '2026-03-28',
  '2026-10-24',
  '2026-03-07',
  '2026-10-31',
  '2026-04-04',
  '2026-10-03',
  '2026-06-10',
);

test('window-times agrees with a walk over every minute', () => {
  fc.assert(
    fc.property(anyWindow, anyDay, (given, day) => {
      const times = timesOf(given);
      const from = Date.parse(`${day}T00:00:00Z`);
      const until = from + 2 * 86_400_000;
      const active = naiveTimes(aWindow(given), from, until);
      for (let at = from; at < until; at += 7 * minuteMs) {
        if (times.isActive(at) !== active(at)) fail(`${JSON.stringify(given)} at ${new Date(at).toISOString()}`);
      }
      for (let at = from + 7; at < until; at += 197 * minuteMs) {
        const change = times.changeAfter(at);
        const first = firstChange(active, at, until);
        if (first !== null && change.known)
          equal(change.at, first, `${JSON.stringify(given)} after ${new Date(at).toISOString()}`);
      }
    }),
    { numRuns: 40 },
  );
});

function firstChange(active: (at: number) => boolean, at: number, until: number): number | null {
  const here = active(at);
  for (let next = at - (at % minuteMs) + minuteMs; next < until; next += minuteMs) {
    if (active(next) !== here) return next;
  }
  return null;
}
