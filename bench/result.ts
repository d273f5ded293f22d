/** What a benchmark brings home, and the table it is told in. */
import { formatTable } from '../cli/format-table.ts';
import type { BenchCluster } from './cluster.ts';

/** `requests` is null where they are counted in another row. */
export type Measurement = { seconds: number; requests: number | null };

export type Target = { says: string; met: boolean };

/** `met`: every target of it. */
export type Report = { text: string; met: boolean };

export type Row = { what: string; runs: Measurement[]; target?: Target };

export async function measure(
  { requests }: BenchCluster,
  userAgent: string,
  work: () => Promise<void>,
): Promise<Measurement> {
  const counted = await requests.count(userAgent);
  const startMs = performance.now();
  await work();
  const seconds = (performance.now() - startMs) / 1000;
  return { seconds, requests: await counted() };
}

/** The best run is judged: whatever else the machine does can only add to it. */
export function within(runs: readonly Measurement[], limits: { seconds: number; requests: number }): Target {
  const seconds = Math.min(...secondsOf(runs));
  const requests = Math.max(...requestsOf(runs));
  return {
    says: `<= ${limits.requests} requests, <= ${limits.seconds} s`,
    met: seconds <= limits.seconds && requests <= limits.requests,
  };
}

/** Best against best: on a machine that does other things too, the best run is the one least disturbed. */
export function atMostTimes(factor: number, runs: readonly Measurement[], raw: readonly Measurement[]): Target {
  const ratio = Math.min(...secondsOf(runs)) / Math.min(...secondsOf(raw));
  const inMedian = median(secondsOf(runs)) / median(secondsOf(raw));
  const shown = `${ratio.toFixed(2)}x at best, ${inMedian.toFixed(2)}x in the median`;
  return { says: `<= ${factor}x raw: ${shown}`, met: ratio <= factor };
}

export function tableOf(rows: readonly Row[]): string {
  const heads = ['', 'min s', 'median s', 'requests', 'target'];
  return formatTable([heads, ...rows.map((row) => [row.what, ...numbersOf(row.runs), verdictOf(row)])]);
}

function numbersOf(runs: readonly Measurement[]): string[] {
  const seconds = secondsOf(runs);
  const requests = requestsOf(runs);
  const [least, most] = [Math.min(...requests), Math.max(...requests)];
  const span = least === most ? `${least}` : `${least}-${most}`;
  return [Math.min(...seconds).toFixed(2), median(seconds).toFixed(2), requests.length === 0 ? '' : span];
}

function verdictOf({ target }: Row): string {
  return target === undefined ? '' : `${target.met ? 'met' : 'MISSED'}  ${target.says}`;
}

function secondsOf(runs: readonly Measurement[]): number[] {
  return runs.map(({ seconds }) => seconds);
}

function requestsOf(runs: readonly Measurement[]): number[] {
  return runs.flatMap(({ requests }) => (requests === null ? [] : [requests]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
