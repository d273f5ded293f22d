/** Finds examples/demo, in a checkout as well as beside the bundle of an installed package. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function exampleFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  const folder = join(from, 'examples', 'demo');
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error('examples/demo is missing from this installation');
  return exampleFolder(parent);
}
