/** Finds kind where Docker really runs: a Docker client without its engine is not enough. */
import { execFile } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../cache-folder.ts';
import { withLock } from '../lock.ts';
import { keptFile } from '../verified-files.ts';
import { downloadRelease } from './download-release.ts';
import { findRelease } from './find-release.ts';
import { versions } from './programs.ts';

const dockerAnswersWithinMs = 5_000;

/** The path of kind; null when Docker does not run or kind can neither be found nor downloaded. Fault local.wrong_checksum. */
export async function findKind(options: { env?: NodeJS.ProcessEnv } = {}): Promise<string | null> {
  const env = options.env ?? process.env;
  if (!(await dockerRuns(env))) return null;
  return (await onPath('kind', env)) ?? (await downloaded(cacheFolder(env)));
}

async function dockerRuns(env: NodeJS.ProcessEnv): Promise<boolean> {
  return promisify(execFile)('docker', ['info'], { env, timeout: dockerAnswersWithinMs, killSignal: 'SIGKILL' }).then(
    () => true,
    () => false,
  );
}

async function onPath(name: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && runs) return path;
  }
  return null;
}

async function downloaded(cache: string): Promise<string | null> {
  const folder = join(cache, 'kind', versions.kind);
  await mkdir(folder, { recursive: true });
  return withLock(join(folder, 'lock'), async () => {
    const kept = await keptFile(folder, 'kind');
    if (kept !== null) return kept;
    const release = await findRelease('kind');
    if (release === null) return null;
    await downloadRelease('kind', release, folder);
    return keptFile(folder, 'kind');
  });
}
