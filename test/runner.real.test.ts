/** The runner counts what ran, fails when something failed or nothing ran, and never hangs. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tempFolder } from './support/temp-folder.ts';

const support = (name: string) => fileURLToPath(new URL(`support/${name}`, import.meta.url));
const oneOfEach = `
  import test, { describe } from 'node:test';
  test('passes', () => {});
  test('is skipped', { skip: true }, () => {});
  describe('a suite', () => {
    test('passes too', () => {});
    test('fails', () => { throw new Error('as it should'); });
  });`;

function runFile(t: TestContext, content: string, withinMs = 20_000) {
  const folder = tempFolder(t);
  const file = join(folder, 'one.test.ts');
  writeFileSync(file, content);
  const program = join(folder, 'program.ts');
  writeFileSync(
    program,
    `import { runTests } from '${support('run-tests.ts')}';
    import { endWith } from '${support('end-with.ts')}';
    endWith(await runTests(['${file}'], { withinMs: ${withinMs}, concurrency: 1 }));`,
  );
  // Inside a test Node's runner would take itself for a part of it.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout, status } = spawnSync(process.execPath, [program], { encoding: 'utf8', env, timeout: 30_000 });
  return { stdout, status, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

for (const { it, content, lastLine, status } of [
  { it: 'counts tests, not suites', content: oneOfEach, lastLine: '2 passed, 1 failed, 1 skipped', status: 1 },
  {
    it: 'is content when all pass',
    content: "import test from 'node:test'; test('a', () => {});",
    lastLine: '1 passed, 0 failed',
    status: 0,
  },
  {
    it: 'counts a file that cannot be loaded',
    content: "throw new Error('broken');",
    lastLine: '0 passed, 1 failed',
    status: 1,
  },
  { it: 'counts a file that ends early', content: 'process.exit(3);', lastLine: '0 passed, 1 failed', status: 1 },
  { it: 'counts a file without a test', content: 'export {};', lastLine: '0 passed, 1 failed', status: 1 },
  {
    it: 'counts a suite whose hook fails',
    content:
      "import { describe, before, test } from 'node:test'; describe('s', () => { before(() => { throw new Error('no'); }); test('a', () => {}); });",
    lastLine: '0 passed, 2 failed',
    status: 1,
  },
  {
    it: 'does not take only skipped tests for a run',
    content: "import test from 'node:test'; test('a', { skip: true }, () => {});",
    lastLine: '0 passed, 0 failed, 1 skipped',
    status: 1,
  },
]) {
  test(`runner ${it}`, (t) => {
    const run = runFile(t, content);
    deepEqual({ lastLine: run.lastLine, status: run.status }, { lastLine, status });
  });
}

test('runner shows what failed and why, and one total only', (t) => {
  const { stdout } = runFile(t, oneOfEach);
  match(stdout, /✖ fails/);
  match(stdout, /as it should/);
  equal(/^ℹ (tests|pass|fail) \d/m.test(stdout), false);
});

test('runner ends a file that would never end', (t) => {
  const { lastLine, status } = runFile(
    t,
    "import test from 'node:test'; test('a', () => {}); setInterval(() => {}, 1000);",
    3_000,
  );
  deepEqual({ lastLine, status }, { lastLine: '1 passed, 1 failed', status: 1 });
});
