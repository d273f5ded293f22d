/** The deployed installation: from a webhook to the first object applied, and what it asks of AWS in a minute, for a push, for a hand edit. */
import { writeFile } from 'node:fs/promises';
import { formatTable } from '../cli/format-table.ts';
import { type Measured, measureDeployed } from './aws/measure-deployed.ts';
import type { Work } from './aws/work.ts';
import { keptFile } from './cost.ts';
import { median, type Report } from './result.ts';

const appliedWithinMs = 1_000;

/** `keep`: docs/cost.md is made of it. */
export async function deployed(runs: number, { keep }: { keep: boolean }): Promise<Report> {
  const { story, ...measured } = await measureDeployed(runs);
  if (keep) await writeFile(keptFile, `${JSON.stringify(measured, null, 2)}\n`);
  const { appliedMs, minute, push, heal } = measured;
  const best = Math.min(...appliedMs);
  // The best push is judged, as everywhere.
  const met = best <= appliedWithinMs;
  const verdict = `${met ? 'met' : 'MISSED'}  <= ${appliedWithinMs} ms`;
  const text = [
    `from a webhook to the first object applied: ${best.toFixed(0)} ms at best, ${median(appliedMs).toFixed(0)} ms in the median   ${verdict}`,
    storyOf(story),
    workTable('a minute in which nothing happens', minute),
    workTable('a push to one Application', push),
    workTable('a hand edit of one object, undone', heal),
  ].join('\n\n');
  return { text, met };
}

function storyOf({ deployMs, firstSyncMs, healMs }: Measured['story']): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;
  return `deployed in ${seconds(deployMs)}, first push applied after ${seconds(firstSyncMs)}, hand edit undone by the clock after ${seconds(healMs)}`;
}

function workTable(title: string, { runs, requests, readUnits, writeUnits }: Work): string {
  const rows = Object.entries(runs).map(([of, { times, ms }]) => [of, `${times}`, ms.toFixed(0)]);
  const asked = Object.entries(requests).map(([name, times]) => `${name} ${times}`);
  const table = formatTable([[title, 'times', 'ms'], ...rows]);
  return `${table}\n  ${asked.join(', ')}\n  DynamoDB: ${readUnits} units read, ${writeUnits} written`;
}
