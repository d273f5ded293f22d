import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { test } from 'node:test';
import type { SyncWindow } from '../../../lib/core/window/sync-window.ts';
import { type WindowedSync, windowBlock } from '../../../lib/core/window/window-block.ts';
import { aWindow } from './a-window.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

function blockOf(windows: Partial<SyncWindow>[], at: string, given: Partial<WindowedSync> = {}) {
  return windowBlock({
    application: { name: 'shop', namespace: 'shop', clusters: ['prod'] },
    project: 'team',
    windows: windows.map(aWindow),
    now: Date.parse(at),
    manual: false,
    running: false,
    ...given,
  });
}

/** Until when, in UTC; `free`: nothing stands in the way; `?`: nobody knows. */
function untilOf(windows: Partial<SyncWindow>[], at: string, given: Partial<WindowedSync> = {}): string {
  const block = blockOf(windows, at, given);
  if (block === null) return 'free';
  return block.until === null ? '?' : new Date(block.until).toISOString().slice(0, 16);
}

const office: Partial<SyncWindow> = { kind: 'allow', schedule: '0 9 * * MON-FRI', duration: '8h' };

for (const { it, windows, at, gives, given } of [
  { it: 'nothing without windows', windows: [], at: '2026-01-01T22:30Z', gives: 'free' },
  { it: 'nothing outside a deny', windows: [{}], at: '2026-01-01T21:59Z', gives: 'free' },
  { it: 'until a deny ends', windows: [{}], at: '2026-01-01T22:30Z', gives: '2026-01-01T23:00' },
  {
    it: 'until the later of two denies ends',
    windows: [{}, { schedule: '30 22 * * *', duration: '2h' }],
    at: '2026-01-01T22:30Z',
    gives: '2026-01-02T00:30',
  },
  {
    it: 'until an allow opens, over the weekend',
    windows: [office],
    at: '2026-01-02T18:00Z',
    gives: '2026-01-05T09:00',
  },
  {
    it: 'past the opening of an allow that a deny covers',
    windows: [office, { schedule: '0 8 * * *', duration: '3h' }],
    at: '2026-01-02T18:00Z',
    gives: '2026-01-05T11:00',
  },
  {
    it: 'nothing by windows of others',
    windows: [{ applications: ['other'] }],
    at: '2026-01-01T22:30Z',
    gives: 'free',
  },
  {
    it: 'nobody knows until when, for ever',
    windows: [{ schedule: '* * * * *' }],
    at: '2026-01-01T22:30Z',
    gives: '?',
  },
  {
    it: 'nobody knows until when, with an allow of a day that never comes',
    windows: [{ kind: 'allow', schedule: '0 0 31 2 *' }],
    at: '2026-01-01T22:30Z',
    gives: '?',
  },
  {
    it: 'nothing of a person where people may',
    windows: [{ manualSync: true }],
    at: '2026-01-01T22:30Z',
    given: { manual: true },
    gives: 'free',
  },
  {
    it: 'for a person until the window that lets nobody ends',
    windows: [{ manualSync: true, duration: '5h' }, {}],
    at: '2026-01-01T22:30Z',
    given: { manual: true },
    gives: '2026-01-01T23:00',
  },
  {
    it: 'for a running sync until the window without overrun ends',
    windows: [{ syncOverrun: true, duration: '5h' }, {}],
    at: '2026-01-01T22:30Z',
    given: { running: true },
    gives: '2026-01-01T23:00',
  },
] satisfies { it: string; windows: Partial<SyncWindow>[]; at: string; gives: string; given?: Partial<WindowedSync> }[])
  test(`window-block blocks ${it}`, () => equal(untilOf(windows, at, given), gives));

test('window-block names the window, its project and the end', () => {
  const block = blockOf([{ timeZone: 'Europe/Berlin', description: 'release freeze' }], '2026-07-01T20:30Z');
  equal(block?.fault.code, 'sync.blocked_by_window');
  equal(
    block?.fault.message,
    'Blocked by sync window deny 0 22 * * * for 1h (Europe/Berlin) "release freeze" of the project team until 2026-07-01T21:00:00Z',
  );
  equal(block?.lookAt, Date.parse('2026-07-01T21:00Z'));
});

test('window-block says how many more stand in the way', () => {
  match(blockOf([{}, {}, {}], '2026-01-01T22:30Z')?.fault.message ?? '', /\(UTC\) and 2 more of the project/);
});

test('window-block is looked at again within an hour where nobody knows the end', () => {
  const at = '2026-01-01T22:30Z';
  const { until, lookAt } = blockOf([{ schedule: '* * * * *', duration: '3h' }], at) ?? {};
  deepEqual({ until, lookAt }, { until: null, lookAt: Date.parse(at) + hourMs });
});

for (const broken of [{ schedule: 'at night' }, { duration: 'long' }, { timeZone: 'Mars/Olympus' }]) {
  const [field, value] = Object.entries(broken)[0] ?? [];
  test(`window-block blocks everything by a window whose ${field} cannot be read, also what people ask for`, () => {
    for (const sync of [{}, { manual: true }, { manual: true, running: true }]) {
      const block = blockOf([{ ...broken, manualSync: true, syncOverrun: true }], '2026-01-01T12:00Z', sync);
      equal(block?.fault.code, 'sync.window_invalid');
      ok(block?.fault.message.includes(`"${value}"`), block?.fault.message);
      ok(block?.fault.message.includes('of the project team'));
    }
  });
  test(`window-block heeds no window of others whose ${field} cannot be read`, () => {
    equal(blockOf([{ ...broken, applications: ['other'] }], '2026-01-01T12:00Z'), null);
  });
}

test('window-block lets nothing start a minute before its end, and everything at its end', () => {
  const windows = [{ schedule: '0 22 * * *', duration: '90m' }, office];
  const at = Date.parse('2026-01-05T09:00Z');
  equal(untilOf(windows, new Date(at - minuteMs).toISOString()), '2026-01-05T09:00');
  equal(untilOf(windows, new Date(at).toISOString()), 'free');
});
