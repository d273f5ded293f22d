/** Writes docs/reference from the source: `npm run reference`. A test fails when what lies there is stale. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { referencePages } from './reference-pages.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'reference');

await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(referencePages())) {
  await writeFile(join(folder, name), text);
  console.log(`docs/reference/${name}`);
}
