/** Flux's `ssa: IfNotPresent`: what is there already is left as it is. */
import type { Desired } from '../core/plan/desired.ts';
import type { Ports } from '../ports/ports.ts';
import { inParallel } from './in-parallel.ts';
import { refOf } from './ref-of.ts';
import type { Planning } from './rehearse-plan.ts';

/** `absent`: to be applied. `present`: how many are left alone. */
export async function leavePresent(
  candidates: readonly Desired[],
  { cluster }: Planning,
  ports: Ports,
): Promise<{ absent: Desired[]; present: number }> {
  const isThere = await inParallel(
    candidates,
    async (desired) =>
      desired.options.apply === 'ifAbsent' && (await ports.cluster(cluster).read(refOf(desired))) !== null,
  );
  const absent = candidates.filter((_, index) => isThere[index] !== true);
  return { absent, present: candidates.length - absent.length };
}
