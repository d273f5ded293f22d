/** An estimate is honest: it learns from the steps done, and never promises the end while a step overruns. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import test from 'node:test';
import { estimateProgress, type Progress } from '../../../infra/local/progress.ts';
import { asLines } from '../../../infra/local/show-progress.ts';

const steps = [
  { title: 'building a', seconds: 100 },
  { title: 'building b', seconds: 50 },
];

for (const { it, at, gives } of [
  {
    it: 'starts with the measured times',
    at: { finished: 0, finishedMs: 0, currentMs: 0 },
    gives: { title: 'building a', fraction: 0, remainingSeconds: 150 },
  },
  {
    it: 'counts within a step',
    at: { finished: 0, finishedMs: 0, currentMs: 50_000 },
    gives: { title: 'building a', fraction: 1 / 3, remainingSeconds: 100 },
  },
  {
    it: 'learns that this machine is twice as slow',
    at: { finished: 1, finishedMs: 200_000, currentMs: 0 },
    gives: { title: 'building b', fraction: 2 / 3, remainingSeconds: 100 },
  },
  {
    it: 'learns that this machine is twice as fast',
    at: { finished: 1, finishedMs: 50_000, currentMs: 0 },
    gives: { title: 'building b', fraction: 2 / 3, remainingSeconds: 25 },
  },
  {
    it: 'expects more of a step that overruns',
    at: { finished: 1, finishedMs: 100_000, currentMs: 200_000 },
    gives: { title: 'building b', fraction: (100 + 50 * 0.8) / 150, remainingSeconds: 50 },
  },
  {
    it: 'ends at the end',
    at: { finished: 2, finishedMs: 100_000, currentMs: 0 },
    gives: { title: 'done', fraction: 1, remainingSeconds: 0 },
  },
]) {
  test(`progress ${it}`, () => deepEqual(estimateProgress(steps, at), gives));
}

test('progress never goes backwards within a step', () => {
  const fractions = Array.from(
    { length: 500 },
    (_, second) => estimateProgress(steps, { finished: 0, finishedMs: 0, currentMs: second * 1000 }).fraction,
  );
  ok(fractions.every((fraction, index) => fraction >= (fractions[index - 1] ?? 0)));
});

test('show-progress prints a line every quarter of a minute where there is no terminal', () => {
  const lines: string[] = [];
  let nowMs = 0;
  const display = asLines(
    (line) => lines.push(line),
    () => nowMs,
  );
  const progress: Progress = { title: 'building a', fraction: 0.25, remainingSeconds: 300 };
  for (; nowMs <= 30_000; nowMs += 1000) display.report(progress);
  deepEqual(lines, Array(3).fill('25%  building a, about 5 min left\n'));
});

test('show-progress counts seconds when the end is near', () => {
  const lines: string[] = [];
  asLines(
    (line) => lines.push(line),
    () => 0,
  ).report({ title: 'building b', fraction: 0.9, remainingSeconds: 42 });
  equal(lines[0], '90%  building b, about 42 s left\n');
});
