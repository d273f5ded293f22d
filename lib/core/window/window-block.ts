/** What a project's sync windows keep back, until when, in words; everything of the Application where a window cannot be read. */
import { Fault } from '../fault/fault.ts';
import type { Block } from '../sync/block.ts';
import { type JudgedSync, judgeWindows } from './judge-windows.ts';
import { matchesWindow, type Windowed } from './matches-window.ts';
import { activeAt, nextOpening, type TimedWindow } from './next-opening.ts';
import type { SyncWindow } from './sync-window.ts';
import { windowTimes } from './window-times.ts';

export type WindowedSync = JudgedSync & {
  application: Windowed;
  project: string;
  /** All of the project. */
  windows: readonly SyncWindow[];
  /** ms since the epoch. */
  now: number;
};

/** Where nothing changes by itself only the documents can. Those wake the Application; this is for a wake-up that was lost. */
const longestMs = 3_600_000;

/** null: nothing stands in the way. */
export function windowBlock({ application, project, windows, now, ...sync }: WindowedSync): Block | null {
  const matching = windows.filter((window) => matchesWindow(window, application));
  const timed: TimedWindow[] = [];
  for (const window of matching) {
    const times = windowTimes(window);
    if ('problem' in times) return unreadable(window, times.problem, { application, project, now });
    timed.push({ ...window, times });
  }
  const [first, ...others] = judgeWindows(activeAt(timed, now), sync);
  if (first === undefined) return null;
  const { opens, lookAt } = nextOpening(timed, sync, now);
  const window = describeWindow(first) + (others.length === 0 ? '' : ` and ${others.length} more`);
  const until = opens === null ? 'it is changed' : new Date(opens).toISOString().replace('.000Z', 'Z');
  const fault = new Fault('sync.blocked_by_window', { application: application.name, project, window, until });
  return { fault: fault.report(), until: opens, lookAt: Math.min(lookAt, now + longestMs) };
}

type Occasion = Pick<WindowedSync, 'application' | 'project' | 'now'>;

function unreadable(window: SyncWindow, because: string, { application, project, now }: Occasion): Block {
  const facts = { application: application.name, project, window: describeWindow(window), because };
  return { fault: new Fault('sync.window_invalid', facts).report(), until: null, lookAt: now + longestMs };
}

/** As `trueup apps` shows it: `deny 0 22 * * * for 8h (Europe/Berlin)`. */
function describeWindow({ kind, schedule, duration, timeZone, description }: SyncWindow): string {
  return `${kind} ${schedule} for ${duration} (${timeZone})${description === '' ? '' : ` "${description}"`}`;
}
