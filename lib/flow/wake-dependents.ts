/** Wakes the Applications that wait for this one: nothing polls for it. */
import { dependentsOf } from '../core/dependency/dependencies.ts';
import { dependsOn } from '../core/dependency/depends-on.ts';
import { whyBehind, whyNotReady } from '../core/dependency/why-not-ready.ts';
import type { Ports } from '../ports/ports.ts';
import { dependencyOf } from './find-dependencies.ts';
import { inParallel } from './in-parallel.ts';
import type { Outcome, Run } from './outcome.ts';

/** Once a step is written down. */
export async function wakeDependents(outcome: Outcome, run: Run): Promise<void> {
  if (outcome.removed) return wakeLeaving(run);
  if (outcome.rest !== undefined || hasMoved(outcome, run)) return wakeWaiting(outcome, run);
}

/** In a way that those who wait show to people. */
function hasMoved({ state, events = [] }: Outcome, { entry }: Run): boolean {
  return state.health.status !== entry.state.health.status || events.some(({ type }) => type === 'sync.finished');
}

/**
 * Each time it rests while it is ready: whether those that are behind had said yet that they wait, and whether a run before
 * this one was killed, makes no difference. Before that, those that wait say anew what for.
 */
async function wakeWaiting(outcome: Outcome, run: Run): Promise<void> {
  const { entry, rules, ports } = run;
  const { name } = entry.application;
  const names = dependentsOf(name, rules.dependencies);
  if (names.length === 0) return;
  const isReady = whyNotReady(await dependencyOf({ ...entry, state: outcome.state }, run)) === null;
  if (!isReady && !hasMoved(outcome, run)) return;
  await inParallel(names, async (dependent) => {
    const found = await ports.applications.get(dependent);
    if (found === null || found.leaving || found.state.operation !== null) return;
    const isBehind = isReady ? whyBehind(await dependencyOf(found, run)) !== null : found.state.blocked !== null;
    if (isBehind) await wake(dependent, `${name} is ${isReady ? 'ready' : 'not ready'}`, ports);
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
