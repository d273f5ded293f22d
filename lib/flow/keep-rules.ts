/** Keeps the rules that the fleet says, for everybody who reads none of it, and wakes those they changed for. */
import { isDeepStrictEqual } from 'node:util';
import { judgesOtherwise } from '../core/customization/judges-otherwise.ts';
import type { Rules } from '../core/fleet/rules.ts';
import { rulesOf } from '../core/fleet/rules-of.ts';
import { parseKind } from '../core/object/object-key.ts';
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
  const changed = registered.filter((entry) => holdsElse(entry, former, rules));
  // What was healthy by the former rules is looked at by nobody else.
  const wake = ({ application: { name }, state }: Entry, at: number) =>
    isJudgedElse(state, former, rules) ? ports.wakes.suspect(name, ['*'], at) : ports.wakes.wake(name, at);
  await inParallel(changed, (entry) => wake(entry, ports.now() + laterMs));
  await ports.fleetRules.put(rules);
  await inParallel(changed, async (entry) => {
    const { name } = entry.application;
    await wake(entry, ports.now());
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

/** Some of its objects are. */
function isJudgedElse({ kinds }: Entry['state'], former: Rules, rules: Rules): boolean {
  return kinds.some((kind) => judgesOtherwise(former.customizations, rules.customizations, parseKind(kind)));
}
