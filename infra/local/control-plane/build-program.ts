/** Builds one program from its Go module. go.mod and go.sum are ours, so every byte compiled is pinned by a checksum. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { modulesFolder } from '../modules-folder.ts';
import { runGuarded } from '../run-guarded.ts';
import { keepFile } from '../verified-files.ts';
import type { Program } from './programs.ts';

/** Faults: local.no_control_plane (no Go), local.build_failed. */
export async function buildProgram(program: Program, folder: string): Promise<void> {
  const workFolder = join(folder, `.build-${process.pid}-${program.name}`);
  try {
    await cp(join(modulesFolder(), program.module), workFolder, { recursive: true });
    const half = join(workFolder, program.name);
    await go(
      program,
      [
        'build',
        '-trimpath',
        '-buildvcs=false',
        '-ldflags',
        ['-s', '-w', ...program.linkerFlags].join(' '),
        '-o',
        half,
        program.package,
      ],
      workFolder,
    );
    await keepFile(folder, { name: program.name, from: half, origin: `built from ${program.package}` });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function go(program: Program, args: readonly string[], cwd: string): Promise<void> {
  // A workspace, vendoring or cgo of the user's own must not change what is built here.
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' };
  await runGuarded('go', args, { cwd, env }).catch((cause) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      throw new Fault('local.no_control_plane', { because: 'Go is not installed' }, { cause });
    throw new Fault('local.build_failed', { program: program.name, because: cause.message }, { cause });
  });
}
