import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { costPage } from '../../../bench/cost/cost-page.ts';
import { keptFile } from '../../../bench/cost.ts';

test('cost-page is what docs/cost.md says: `npm run bench -- cost 1 keep` makes it anew', () => {
  const written = readFileSync(new URL('../../../docs/cost.md', import.meta.url), 'utf8');
  equal(written, costPage(JSON.parse(readFileSync(keptFile, 'utf8'))));
});
