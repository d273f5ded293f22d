/** A path for a store in a folder of its own, which goes when the test ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export function temporaryStorePath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'trueup.db');
}
