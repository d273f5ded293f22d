/** How far a long piece of work is, and how long it will still take. */
export type Progress = { title: string; fraction: number; remainingSeconds: number };
export type OnProgress = (progress: Progress) => void;

/** `seconds` is what the step took on a machine with two cores. */
export type Step = { title: string; seconds: number };

/** A step that outlives its time is taken to need a quarter more than it has had, so nothing is nearly done for minutes. */
const overtime = 1.25;

/** Steps already done tell how fast this machine is. */
export function estimateProgress(
  steps: readonly Step[],
  at: { finished: number; finishedMs: number; currentMs: number },
): Progress {
  const weights = steps.map(({ seconds }) => seconds);
  const total = sum(weights);
  const done = sum(weights.slice(0, at.finished));
  const current = weights[at.finished] ?? 0;
  const pace = done > 0 ? at.finishedMs / 1000 / done : 1;
  const elapsed = at.currentMs / 1000;
  const expected = Math.max(current * pace, elapsed * overtime);
  const inStep = expected > 0 ? current * (elapsed / expected) : 0;
  return {
    title: steps[at.finished]?.title ?? 'done',
    fraction: total === 0 ? 1 : (done + inStep) / total,
    remainingSeconds: Math.round(expected - elapsed + (total - done - current) * pace),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
