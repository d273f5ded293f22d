/** The same files as pushed, in a folder kubectl can read. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BenchCluster } from './cluster.ts';

export async function manifestFolder(
  { folder }: BenchCluster,
  namespace: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const root = join(folder, `files-${namespace}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return join(root, 'deploy');
}
