/** Lists the test files, sorted: unit tests need nothing, real ones (`*.real.test.ts`) need processes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export type TestFiles = { unit: string[]; real: string[] };

/** `pattern` keeps the files whose path matches it. */
export function findTestFiles(root: string, pattern = ''): TestFiles {
  const matching = new RegExp(pattern);
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.includes('node_modules'))
    .map((path) => join(root, path))
    .filter((path) => matching.test(path))
    .sort();
  return {
    unit: all.filter((path) => !path.endsWith('.real.test.ts')),
    real: all.filter((path) => path.endsWith('.real.test.ts')),
  };
}
