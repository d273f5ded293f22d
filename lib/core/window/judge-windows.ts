/** Whether a sync may go on at one moment, by the rules of Argo CD: an active deny wins, then an active allow, then what is not open yet. */
import type { SyncWindow } from './sync-window.ts';

/** A window that means the Application, and whether it is active at the moment in question. */
export type JudgedWindow = Pick<SyncWindow, 'kind' | 'manualSync' | 'syncOverrun'> & { active: boolean };

/**
 * `manual`: a person asked for it. `running`: it had begun before, when nothing stood in its way. What gets past windows has
 * to get past all that block: a single one without `manualSync`, or without `syncOverrun`, keeps it back.
 */
export type JudgedSync = { manual: boolean; running: boolean };

/** The windows that stand in the way; none: it may. */
export function judgeWindows<Window extends JudgedWindow>(windows: readonly Window[], sync: JudgedSync): Window[] {
  const denies = windows.filter(({ kind, active }) => kind === 'deny' && active);
  if (denies.length > 0) return thoseInTheWay(denies, sync);
  const allows = windows.filter(({ kind }) => kind === 'allow');
  return allows.some(({ active }) => active) ? [] : thoseInTheWay(allows, sync);
}

function thoseInTheWay<Window extends JudgedWindow>(blocking: Window[], { manual, running }: JudgedSync): Window[] {
  const isLetPast =
    (manual && blocking.every(({ manualSync }) => manualSync)) ||
    (running && blocking.every(({ syncOverrun }) => syncOverrun));
  return isLetPast ? [] : blocking;
}
