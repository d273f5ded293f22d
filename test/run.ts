/** `npm test [-- PATTERN]`: the check, then every suite that needs real parts, one file after another. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlPlane } from '../infra/local/control-plane/control-plane.ts';
import { startControlPlane } from '../infra/local/control-plane/start-control-plane.ts';
import { showProgress } from '../infra/local/show-progress.ts';
import { checkSource, runUnitTests } from './check.ts';
import { testUsers } from './support/control-plane.ts';
import { endWith } from './support/end-with.ts';
import { findTestFiles } from './support/find-test-files.ts';
import { runTests, type TestRun } from './support/run-tests.ts';

const realFileWithinMs = 10 * 60_000;
const slowestShown = 10;

const pattern = process.argv[2] ?? '';
const failedChecks = pattern === '' ? checkSource() : 0;
const { real } = findTestFiles(relative(process.cwd(), fileURLToPath(new URL('.', import.meta.url))), pattern);

const runs = [await runUnitTests(pattern), ...(await runRealTests(real))];
showSlowest(runs);
endWith({ ...add(runs), failed: add(runs).failed + failedChecks });

/** One control plane for all of them saves its start in each; a file that wants flags of its own starts its own. */
async function runRealTests(files: readonly string[]): Promise<TestRun[]> {
  const shared = files.some(sharesControlPlane) ? await startShared() : null;
  try {
    const done: TestRun[] = [];
    for (const file of files) {
      console.log(`\n${file}`);
      done.push(await runTests([file], { withinMs: realFileWithinMs, concurrency: 1 }));
    }
    return done;
  } finally {
    await shared?.remove();
  }
}

function sharesControlPlane(file: string): boolean {
  return readFileSync(file, 'utf8').includes('sharedControlPlane');
}

async function startShared(): Promise<ControlPlane> {
  const display = showProgress();
  try {
    const folder = mkdtempSync(join(tmpdir(), 'trueup-test-'));
    const controlPlane = await startControlPlane({
      folder,
      users: testUsers,
      pods: 'simulated',
      onProgress: display.report,
    });
    process.env.TRUEUP_TEST_KUBECONFIG = controlPlane.kubeconfig;
    return controlPlane;
  } finally {
    display.end();
  }
}

function showSlowest(finished: readonly TestRun[]): void {
  const files = finished.flatMap((run) => run.files).toSorted((a, b) => b.ms - a.ms);
  console.log('\nslowest files');
  for (const { file, ms } of files.slice(0, slowestShown))
    console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${file}`);
  console.log('');
}

function add(finished: readonly TestRun[]): TestRun {
  return finished.reduce((sum, next) => ({
    passed: sum.passed + next.passed,
    failed: sum.failed + next.failed,
    skipped: sum.skipped + next.skipped,
    files: [...sum.files, ...next.files],
  }));
}
