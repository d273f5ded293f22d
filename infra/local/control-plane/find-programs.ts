/** The programs of the control plane, ready to run: from the cache, or obtained once by whichever process asks first. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { cacheFolder } from '../cache-folder.ts';
import { withLock } from '../lock.ts';
import type { OnProgress, Progress } from '../progress.ts';
import { keptFile } from '../verified-files.ts';
import { obtainPrograms } from './obtain-programs.ts';
import { cacheKey, type Program, type ProgramName, programs } from './programs.ts';

export type ProgramPaths = Record<ProgramName, string>;
export type Obtain = (missing: readonly Program[], folder: string, onProgress: OnProgress) => Promise<void>;

/** Faults: local.no_control_plane, local.build_failed, local.wrong_checksum, local.download_failed. */
export async function findPrograms(options: {
  onProgress?: OnProgress;
  cache?: string;
  obtain?: Obtain;
}): Promise<ProgramPaths> {
  const cache = options.cache ?? cacheFolder();
  const kept = await keptPrograms(cache);
  if (kept !== null) return kept;
  const folder = programFolder(cache);
  const onProgress = options.onProgress ?? (() => {});
  return withLock(
    join(folder, 'lock'),
    async () => {
      await sweepLeftovers(folder);
      await (options.obtain ?? obtainPrograms)(
        await missingPrograms(folder),
        folder,
        tellingOthers(folder, onProgress),
      );
      const obtained = await keptPrograms(cache);
      if (obtained === null) throw new Error(`programs are still missing from ${folder} after they were obtained`);
      return obtained;
    },
    { onWait: () => void repeatOthers(folder, onProgress) },
  );
}

/** null when one is missing or is not what was recorded. */
export async function keptPrograms(cache = cacheFolder()): Promise<ProgramPaths | null> {
  const folder = programFolder(cache);
  const [apiServer, controllers, scheduler, etcd, kwok] = await Promise.all([
    keptFile(folder, 'kube-apiserver'),
    keptFile(folder, 'kube-controller-manager'),
    keptFile(folder, 'kube-scheduler'),
    keptFile(folder, 'etcd'),
    keptFile(folder, 'kwok'),
  ]);
  if (!apiServer || !controllers || !scheduler || !etcd || !kwok) return null;
  return {
    'kube-apiserver': apiServer,
    'kube-controller-manager': controllers,
    'kube-scheduler': scheduler,
    etcd,
    kwok,
  };
}

function programFolder(cache: string): string {
  return join(cache, 'control-plane', cacheKey());
}

async function missingPrograms(folder: string): Promise<Program[]> {
  const kept = await Promise.all(programs.map(({ name }) => keptFile(folder, name)));
  return programs.filter((_, index) => kept[index] === null);
}

/** What a killed builder left half-made. */
async function sweepLeftovers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const leftovers = (await readdir(folder)).filter((name) => /^\.(build|download)-/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

const told = z.object({ title: z.string(), fraction: z.number(), remainingSeconds: z.number() });

/** Whoever waits for us shows our progress. */
function tellingOthers(folder: string, onProgress: OnProgress): OnProgress {
  const path = join(folder, 'progress.json');
  return (progress: Progress) => {
    onProgress(progress);
    void writeFile(`${path}.half`, JSON.stringify(progress))
      .then(() => rename(`${path}.half`, path))
      .catch(() => {});
  };
}

async function repeatOthers(folder: string, onProgress: OnProgress): Promise<void> {
  try {
    const progress = told.parse(JSON.parse(await readFile(join(folder, 'progress.json'), 'utf8')));
    onProgress({ ...progress, title: `another process is ${progress.title}` });
  } catch {
    // It has not begun to tell yet.
  }
}
