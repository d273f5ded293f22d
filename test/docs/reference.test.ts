import { equal } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { referencePages } from '../../docs/reference-pages.ts';

for (const [name, text] of Object.entries(referencePages())) {
  test(`reference docs/reference/${name} is what the source says; else: npm run reference`, async () => {
    equal(await readFile(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8'), text);
  });
}
