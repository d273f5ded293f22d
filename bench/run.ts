/** `npm run bench -- first-sync|drift|one-line|all [RUNS]`: the numbers the README promises, measured on a real API server of their own. */
import { availableParallelism } from 'node:os';
import { type BenchCluster, startBenchCluster } from './cluster.ts';
import { drift } from './drift.ts';
import { firstSync } from './first-sync.ts';
import { objectCount } from './manifests.ts';
import { oneLine } from './one-line.ts';
import { type Row, tableOf } from './result.ts';

const benches: Record<string, (bench: BenchCluster, runs: number) => Promise<Row[]>> = {
  'first-sync': firstSync,
  drift,
  'one-line': oneLine,
};
const usualRuns = 3;

const [name = '', runs = String(usualRuns)] = process.argv.slice(2);
const names = name === 'all' ? Object.keys(benches) : [name];
if (!names.every((each) => Object.hasOwn(benches, each)) || !(Number(runs) >= 1)) {
  console.error(`npm run bench -- ${[...Object.keys(benches), 'all'].join('|')} [RUNS]`);
  process.exit(2);
}
for (const each of names) await run(each, Number(runs));

async function run(each: string, times: number): Promise<void> {
  const bench = await startBenchCluster();
  try {
    const rows = (await benches[each]?.(bench, times)) ?? [];
    console.log(`\n${each}: ${objectCount} objects, ${times} runs, ${availableParallelism()} cores\n`);
    console.log(tableOf(rows));
    if (rows.some(({ target }) => target?.met === false)) process.exitCode = 1;
  } finally {
    await bench.remove();
  }
}
