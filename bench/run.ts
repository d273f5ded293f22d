/** `npm run bench -- NAME|all [RUNS] [keep]`: the numbers that the README and the documents promise, measured on parts of their own. */
import { availableParallelism } from 'node:os';
import { type BenchCluster, startBenchCluster } from './cluster.ts';
import { cost } from './cost.ts';
import { deployed } from './deployed.ts';
import { drift } from './drift.ts';
import { firstSync } from './first-sync.ts';
import { functions } from './functions.ts';
import { objectCount } from './manifests.ts';
import { oneLine } from './one-line.ts';
import { type Report, type Row, tableOf } from './result.ts';

/** `keep`: what is measured replaces what docs/cost.md is made of. */
const benches: Record<string, (runs: number, options: { keep: boolean }) => Promise<Report>> = {
  'first-sync': onCluster(firstSync),
  drift: onCluster(drift),
  'one-line': onCluster(oneLine),
  functions,
  aws: deployed,
  cost,
};
const usualRuns = 3;

const given = process.argv.slice(2);
const keep = given.includes('keep');
const [name = '', runs = String(usualRuns)] = given.filter((word) => word !== 'keep');
const names = name === 'all' ? Object.keys(benches) : [name];
if (!names.every((each) => Object.hasOwn(benches, each)) || !(Number(runs) >= 1)) {
  console.error(`npm run bench -- ${[...Object.keys(benches), 'all'].join('|')} [RUNS] [keep]`);
  process.exit(2);
}
for (const each of names) {
  const report = await benches[each]?.(Number(runs), { keep });
  console.log(`\n${each}: ${runs} runs, ${availableParallelism()} cores\n\n${report?.text}`);
  if (report?.met === false) process.exitCode = 1;
}

function onCluster(bench: (cluster: BenchCluster, runs: number) => Promise<Row[]>) {
  return async (times: number): Promise<Report> => {
    const cluster = await startBenchCluster();
    try {
      const rows = await bench(cluster, times);
      const met = rows.every(({ target }) => target?.met !== false);
      return { text: `${objectCount} objects\n\n${tableOf(rows)}`, met };
    } finally {
      await cluster.remove();
    }
  };
}
