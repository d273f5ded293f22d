/** Does a list of long steps one after another and says every second how far it is. */
import { estimateProgress, type OnProgress, type Step } from './progress.ts';

export type Work = Step & { run(): Promise<void> };

export async function runSteps(steps: readonly Work[], onProgress: OnProgress): Promise<void> {
  let finishedMs = 0;
  for (const [finished, step] of steps.entries()) {
    const startedMs = performance.now();
    const report = () =>
      onProgress(estimateProgress(steps, { finished, finishedMs, currentMs: performance.now() - startedMs }));
    report();
    const ticking = setInterval(report, 1000);
    try {
      await step.run();
    } finally {
      clearInterval(ticking);
    }
    finishedMs += performance.now() - startedMs;
  }
}
