/** The bundles as `npm run package` makes them, unzipped into a folder for each function. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { root, runOsls } from '../../infra/aws/run-osls.ts';

export const functionNames = ['webhook', 'sync', 'render', 'drift', 'audit', 'notify', 'api'] as const;

export type PackagedFunction = { name: string; folder: string; zippedBytes: number; unpackedBytes: number };

export async function packageFunctions(into: string): Promise<PackagedFunction[]> {
  return runOsls('package', { stage: 'bench' }, () =>
    Promise.all(functionNames.map((name) => unpack(name, join(into, name)))),
  );
}

async function unpack(name: string, folder: string): Promise<PackagedFunction> {
  const zip = await readFile(join(root, '.serverless', `${name}.zip`));
  const files = Object.entries(unzipSync(zip));
  for (const [path, content] of files) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const unpackedBytes = files.reduce((sum, [, { byteLength }]) => sum + byteLength, 0);
  return { name, folder, zippedBytes: zip.byteLength, unpackedBytes };
}
