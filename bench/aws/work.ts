/** What one thing that happens takes of AWS: a minute without anything, a push, a hand edit undone. */
import type { Tally } from './counting-proxy.ts';
import type { Run } from './read-runs.ts';

export type Work = {
  /** By what ran; `times` each time it happens, `ms` of one run. */
  runs: Record<string, { times: number; ms: number; memoryMb: number }>;
  /** By service and operation. */
  requests: Record<string, number>;
  readUnits: number;
  writeUnits: number;
  logBytes: number;
};

/** Once that it happened. */
export type Happening = { runs: readonly Run[]; tally: Tally };

/** Counts are the mean; how long something runs is taken from when it ran best: whatever else the machine does can only add to it. */
export function workOf(happenings: readonly Happening[]): Work {
  const all = happenings.flatMap(({ runs }) => runs);
  const names = [...new Set(all.map(({ of }) => of))].toSorted();
  const requests = [...new Set(happenings.flatMap(({ tally }) => Object.keys(tally.requests)))].toSorted();
  const mean = (of: (happening: Happening) => number) =>
    round(happenings.reduce((sum, happening) => sum + of(happening), 0) / happenings.length);
  return {
    runs: Object.fromEntries(
      names.map((name) => {
        const ran = happenings
          .map(({ runs }) => runs.filter(({ of }) => of === name))
          .filter(({ length }) => length > 0);
        const ms = round(Math.min(...ran.map(meanMs)));
        const times = mean(({ runs }) => runs.filter(({ of }) => of === name).length);
        return [name, { times, ms, memoryMb: ran[0]?.[0]?.memoryMb ?? 0 }];
      }),
    ),
    requests: Object.fromEntries(requests.map((name) => [name, mean(({ tally }) => tally.requests[name] ?? 0)])),
    readUnits: mean(({ tally }) => tally.units.read),
    writeUnits: mean(({ tally }) => tally.units.write),
    logBytes: mean(({ runs }) => runs.reduce((sum, { logBytes }) => sum + logBytes, 0)),
  };
}

/** What is left of the work of `minutes` when nothing else had happened in them. */
export function without(work: Work, minute: Work, minutes: number): Work {
  const left = (from: number, each = 0) => Math.max(0, round(from - minutes * each));
  return {
    runs: Object.fromEntries(
      Object.entries(work.runs).flatMap(([of, run]) => {
        const times = left(run.times, minute.runs[of]?.times);
        return times === 0 ? [] : [[of, { ...run, times }]];
      }),
    ),
    requests: Object.fromEntries(
      Object.entries(work.requests).flatMap(([name, times]) => {
        const more = left(times, minute.requests[name]);
        return more === 0 ? [] : [[name, more]];
      }),
    ),
    readUnits: left(work.readUnits, minute.readUnits),
    writeUnits: left(work.writeUnits, minute.writeUnits),
    logBytes: left(work.logBytes, minute.logBytes),
  };
}

function meanMs(runs: readonly Run[]): number {
  return runs.reduce((sum, { ms }) => sum + ms, 0) / runs.length;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
