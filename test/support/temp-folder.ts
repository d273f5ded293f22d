/** A folder of its own for one test, gone when the test ends. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export function tempFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
