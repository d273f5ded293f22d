/** Backs off when the same object drifts again and again: somebody else insists, and a tug-of-war helps nobody. */
import type { ApplicationState } from '../application/application-state.ts';
import { formatKey } from '../object/object-key.ts';
import type { Applying } from '../plan/plan.ts';

export type Heals = ApplicationState['heals'];

/** An object that stayed as it was for this long starts afresh. */
const forgottenAfterMs = 600_000;
/** The first few are undone at once: people try twice. */
const freeHeals = 3;
/** After this many the fight is given up and the other writer named, until the next push or until it is forgotten. */
const mostHeals = 8;

/** `heal`: to be undone now. `waiting`: not yet; `lookAt` (ms since the epoch) says when, null when never by itself. */
export function heedHeals(
  heals: Heals,
  drifts: readonly Applying[],
  now: number,
): { heal: Applying[]; waiting: Applying[]; heals: Heals; lookAt: number | null } {
  const after = remembered(heals, now);
  const heal: Applying[] = [];
  const waiting: Applying[] = [];
  const dueTimes: number[] = [];
  for (const drift of drifts) {
    const name = formatKey(drift.key);
    const { times } = after[name] ?? never;
    const dueAt = dueTime(after[name] ?? never);
    if (times < mostHeals && now >= dueAt) {
      heal.push(drift);
      after[name] = { times: times + 1, lastAt: now };
    } else {
      waiting.push(drift);
      if (times < mostHeals) dueTimes.push(dueAt);
    }
  }
  return { heal, waiting, heals: after, lookAt: dueTimes.length === 0 ? null : Math.min(...dueTimes) };
}

/**
 * When there is something to do about these suspects: the first whose turn it is (ms since the epoch), `now` or earlier for
 * one that need not wait; null when there are none.
 */
export function suspectsDueAt(heals: Heals, suspects: readonly string[], now: number): number | null {
  const known = remembered(heals, now);
  return suspects.length === 0 ? null : Math.min(...suspects.map((name) => dueTime(known[name] ?? never)));
}

const never = { times: 0, lastAt: 0 };

function dueTime({ times, lastAt }: Heals[string]): number {
  return times < mostHeals ? lastAt + delayMs(times) : lastAt;
}

function remembered(heals: Heals, now: number): Heals {
  return Object.fromEntries(Object.entries(heals).filter(([, { lastAt }]) => now - lastAt <= forgottenAfterMs));
}

function delayMs(times: number): number {
  return times < freeHeals ? 0 : 2_000 * 3 ** (times - freeHeals);
}

export function isFighting(heals: Heals, { key }: Applying): boolean {
  return (heals[formatKey(key)]?.times ?? 0) >= mostHeals;
}
