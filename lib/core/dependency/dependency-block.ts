/** What keeps an Application back that depends on others, in words. */
import { Fault } from '../fault/fault.ts';
import type { Block } from '../sync/block.ts';
import type { Dependencies } from './dependencies.ts';
import { cycleThrough } from './find-cycles.ts';

export type Waiting = { name: string; because: string };

/** Whoever becomes ready, or goes, wakes those that wait: this is for a wake-up that was lost. */
const lookAgainMs = 300_000;

/** `waiting`: those that are not ready. null: nothing stands in the way. */
export function dependencyBlock(
  application: string,
  waiting: readonly Waiting[],
  { dependencies, now }: { dependencies: Dependencies; now: number },
): Block | null {
  const cycle = cycleThrough(application, dependencies);
  if (cycle !== null) return until(cycleFault(cycle, dependencies), now);
  if (waiting.length === 0) return null;
  return until(new Fault('sync.waits_for_others', { application, others: phrases(waiting) }), now);
}

/** Of an Application that is to be removed. `staying`: those that depend on it, leave as well and are not gone yet. */
export function removalBlock(application: string, staying: readonly string[], now: number): Block | null {
  if (staying.length === 0) return null;
  return until(new Fault('sync.removal_waits', { application, others: staying.join(', ') }), now);
}

export function cycleFault(cycle: readonly string[], dependencies: Dependencies): Fault {
  const members = cycle.slice(0, -1);
  return new Fault('application.dependency_cycle', {
    application: members[0] ?? '',
    cycle: cycle.join(' → '),
    files: members.map((name) => dependencies[name]?.place ?? name).join(', '),
  });
}

function until(fault: Fault, now: number): Block {
  return { fault: fault.report(), until: null, lookAt: now + lookAgainMs };
}

function phrases(waiting: readonly Waiting[]): string {
  return waiting.map(({ name, because }) => `${name} (${because})`).join(', ');
}
