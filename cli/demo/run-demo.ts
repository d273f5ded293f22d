/** The demo from its first line to its last, with everything it started gone at the end. */
import { once } from 'node:events';
import { createCleanUp } from './clean-up.ts';
import { explainFailure } from './explain-failure.ts';
import type { Narrator } from './narrator.ts';
import { openPlayground } from './open-playground.ts';
import { playDay } from './play-day.ts';
import type { Moment, Playground } from './playground.ts';
import type { Command } from './run-program.ts';
import { tellHowToGoOn, tellHowToLookAround } from './tell-what-next.ts';

export type DemoOptions = {
  trueup: Command;
  kubeconfig: string | null;
  slackUrl: string | null;
  /** Stays up after the day until the signal. */
  keep: boolean;
  tell: Narrator;
  /** Ends it early; everything is cleaned up all the same. */
  signal: AbortSignal;
  onMoment?(moment: Moment, playground: Playground): Promise<void>;
};

/** Faults demo.*, local.*. Rejects with the signal's reason when it was ended early. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { tell, signal, keep } = options;
  const cleanUp = createCleanUp();
  try {
    tell.say('Trueup: the day of a GitOps primer, on real parts\n');
    const playground = await openPlayground({ ...options, cleanUp });
    await playDay(playground).catch((error: unknown) => explainFailure(error, playground));
    await playground.onMoment('played');
    if (keep) {
      tellHowToLookAround(playground, options.trueup);
      if (!signal.aborted) await once(signal, 'abort');
    }
  } finally {
    for (const left of await cleanUp.run()) tell.say(`Could not be removed: ${left}`);
  }
  tellHowToGoOn(options);
}
