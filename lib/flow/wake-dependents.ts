/** Wakes the Applications that wait for this one: nothing polls for it. */
import { dependentsOf } from '../core/dependency/dependencies.ts';
import { dependsOn } from '../core/dependency/depends-on.ts';
import { whyBehind, whyNotReady } from '../core/dependency/why-not-ready.ts';
import type { Ports } from '../ports/ports.ts';
import { dependencyOf } from './find-dependencies.ts';
import { inParallel } from './in-parallel.ts';
import type { Outcome, Run } from './outcome.ts';

/** Once a step is written down: it came to rest, or is gone. */
export async function wakeDependents(outcome: Outcome, run: Run): Promise<void> {
  if (outcome.removed) return wakeLeaving(run);
  if (outcome.rest !== undefined) return wakeBehind(outcome, run);
}

/**
 * Each time it rests while it is ready: whether those that are behind had said yet that they wait, and whether a run before
 * this one was killed, makes no difference.
 */
async function wakeBehind({ state }: Outcome, { entry, rules, ports }: Run): Promise<void> {
  const { name } = entry.application;
  const names = dependentsOf(name, rules.dependencies);
  if (names.length === 0 || whyNotReady(await dependencyOf({ ...entry, state }, { rules, ports })) !== null) return;
  await inParallel(names, async (dependent) => {
    const found = await ports.applications.get(dependent);
    if (found === null || found.leaving || found.state.operation !== null) return;
    if (whyBehind(await dependencyOf(found, { rules, ports })) === null) return;
    await wake(dependent, `${name} is ready`, ports);
  });
}

/** Those that leave as well, and had to wait until this one was gone. */
async function wakeLeaving({ entry: { application }, ports }: Run): Promise<void> {
  await inParallel(dependsOn(application), async (name) => {
    const dependency = await ports.applications.get(name);
    if (dependency?.leaving === true) await wake(name, `${application.name} is gone`, ports);
  });
}

async function wake(name: string, why: string, ports: Ports): Promise<void> {
  await ports.wakes.wake(name, ports.now());
  await ports.queue.send({ about: 'application', name, why });
}
