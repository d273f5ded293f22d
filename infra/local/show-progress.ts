/** Shows progress to a person: a bar on a terminal, a line every quarter of a minute elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import type { OnProgress, Progress } from './progress.ts';

const lineEveryMs = 15_000;

export type ProgressDisplay = { report: OnProgress; end(): void };

export function showProgress(stream: NodeJS.WriteStream = process.stderr): ProgressDisplay {
  return stream.isTTY
    ? asBar(stream)
    : asLines(
        (line) => stream.write(line),
        () => performance.now(),
      );
}

function asBar(stream: NodeJS.WriteStream): ProgressDisplay {
  const bar = new SingleBar(
    { stream, format: '{bar} {percentage}%  {title}, {remaining}', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    report(progress) {
      const payload = { title: progress.title, remaining: remaining(progress) };
      if (!started) bar.start(100, 0, payload);
      started = true;
      bar.update(Math.floor(progress.fraction * 100), payload);
    },
    end: () => bar.stop(),
  };
}

export function asLines(write: (line: string) => void, nowMs: () => number): ProgressDisplay {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    report(progress) {
      if (nowMs() - lastMs < lineEveryMs) return;
      lastMs = nowMs();
      write(`${Math.floor(progress.fraction * 100)}%  ${progress.title}, ${remaining(progress)}\n`);
    },
    end() {},
  };
}

function remaining({ remainingSeconds }: Progress): string {
  if (remainingSeconds < 90) return `about ${Math.max(1, remainingSeconds)} s left`;
  return `about ${Math.round(remainingSeconds / 60)} min left`;
}
