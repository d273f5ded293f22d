/** What a month costs, from what `aws` measured and kept: prints docs/cost.md, or writes it. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { costPage, type Kept } from './cost/cost-page.ts';
import type { Report } from './result.ts';

export const keptFile = fileURLToPath(new URL('cost/measured.json', import.meta.url));
const page = fileURLToPath(new URL('../docs/cost.md', import.meta.url));

export async function cost(_: number, { keep }: { keep: boolean }): Promise<Report> {
  const kept: Kept = JSON.parse(await readFile(keptFile, 'utf8'));
  const text = costPage(kept);
  if (keep) await writeFile(page, text);
  return { text, met: true };
}
