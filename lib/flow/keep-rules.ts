/** Keeps the rules that the fleet says, for everybody who reads none of it, and wakes those they changed for. */
import { isDeepStrictEqual } from 'node:util';
import type { Rules } from '../core/fleet/rules.ts';
import { rulesOf } from '../core/fleet/rules-of.ts';
import { inheritedProject } from '../core/project/inherited-project.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { inParallel } from './in-parallel.ts';

/** The tick finds those that a killed run did not wake. */
const laterMs = 60_000;

/** Writes nothing when nothing changed. */
export async function keepRules(
  read: Parameters<typeof rulesOf>[0],
  registered: readonly Entry[],
  ports: Pick<Ports, 'fleetRules' | 'wakes' | 'queue' | 'now'>,
): Promise<void> {
  const former = await ports.fleetRules.get();
  const rules = rulesOf(read, former);
  if (isDeepStrictEqual(former, rules)) return;
  const names = registered
    .filter((entry) => holdsElse(entry, former, rules))
    .map(({ application }) => application.name);
  await inParallel(names, (name) => ports.wakes.wake(name, ports.now() + laterMs));
  await ports.fleetRules.put(rules);
  await inParallel(names, async (name) => {
    await ports.wakes.wake(name, ports.now());
    await ports.queue.send({ about: 'application', name, why: 'rules of the fleet' });
  });
}

/** Something else than before holds for this one. */
function holdsElse({ application }: Entry, former: Rules, rules: Rules): boolean {
  const projectIn = (all: Rules) => inheritedProject(application.project, all);
  return (
    !isDeepStrictEqual(former.customizations, rules.customizations) ||
    !isDeepStrictEqual(projectIn(former), projectIn(rules))
  );
}
