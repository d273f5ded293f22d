/** When a blocked sync may go on: the search goes from one change of a window to the next, and has an end. */
import { type JudgedSync, judgeWindows } from './judge-windows.ts';
import type { SyncWindow } from './sync-window.ts';
import type { WindowTimes } from './window-times.ts';

export type TimedWindow = SyncWindow & { times: WindowTimes };

/** Windows of a working week and a release freeze change a few times a day: this is weeks of them. */
const changes = 200;

/**
 * `opens` (ms since the epoch) null: it does not, or nobody looked that far; then it is worth another look at `lookAt`, which
 * is infinite where no window ever changes again.
 */
export function nextOpening(
  windows: readonly TimedWindow[],
  sync: JudgedSync,
  now: number,
): { opens: number | null; lookAt: number } {
  const next = windows.map((window) => ({ window, change: window.times.changeAfter(now) }));
  for (let change = 0; change < changes; change++) {
    const at = Math.min(...next.map((each) => each.change.at));
    const due = next.filter((each) => each.change.at === at);
    if (!Number.isFinite(at) || due.some((each) => !each.change.known)) return { opens: null, lookAt: at };
    if (judgeWindows(activeAt(windows, at), sync).length === 0) return { opens: at, lookAt: at };
    for (const each of due) each.change = each.window.times.changeAfter(at);
  }
  return { opens: null, lookAt: Math.min(...next.map((each) => each.change.at)) };
}

/** The windows as they are at one moment. */
export function activeAt<Window extends TimedWindow>(
  windows: readonly Window[],
  at: number,
): (Window & { active: boolean })[] {
  return windows.map((window) => ({ ...window, active: window.times.isActive(at) }));
}
