/** Gets the programs that are missing: the official builds where they can be downloaded, else built from their Go modules. */
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { OnProgress } from '../progress.ts';
import { runSteps, type Work } from '../run-steps.ts';
import { buildProgram } from './build-program.ts';
import { downloadRelease } from './download-release.ts';
import { findRelease } from './find-release.ts';
import { type Program, versions } from './programs.ts';

const downloadSeconds = 10;

/** Each program is kept as soon as it is finished: whoever is interrupted goes on with the next one. */
export async function obtainPrograms(
  missing: readonly Program[],
  folder: string,
  onProgress: OnProgress,
): Promise<void> {
  const work = await Promise.all(missing.map((program) => obtaining(program, folder)));
  await runSteps(work, onProgress);
}

async function obtaining(program: Program, folder: string): Promise<Work> {
  const { name } = program;
  const release = await findRelease(name);
  if (release === null) {
    return {
      title: `building ${name} ${versions[program.module]}`,
      seconds: program.buildSeconds,
      run: () => buildProgram(program, folder),
    };
  }
  return {
    title: `downloading ${name} ${versions[program.module]}`,
    seconds: downloadSeconds,
    run: () => downloadRelease(name, release, folder).catch((fault) => buildInstead(fault, program, folder)),
  };
}

/** A line that breaks is no reason to give up; a wrong checksum is one. */
async function buildInstead(fault: unknown, program: Program, folder: string): Promise<void> {
  if (!(fault instanceof Fault) || fault.code !== 'local.download_failed') throw fault;
  await buildProgram(program, folder);
}
