/** Finds AWS's own Lambda emulator: the SAM command line carries the binary in its package on PyPI. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AsyncUnzipOptions, type Unzipped, unzip } from 'fflate';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { cacheFolder } from '../cache-folder.ts';
import { withLock } from '../lock.ts';
import { runGuarded } from '../run-guarded.ts';
import { keepFile, keptFile } from '../verified-files.ts';
import { installPythonTool, ministackTool } from './python-tools.ts';

const origin = 'aws-sam-cli==1.170.0';
const name = 'aws-lambda-rie';
const unzipAsync = promisify<Uint8Array, AsyncUnzipOptions, Unzipped>(unzip);

/** Linux only. Faults: local.program_missing (no Python), local.install_failed. */
export async function findLambdaEmulator(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folder = join(cacheFolder(env), 'tools', `lambda-emulator-${process.arch}`);
  const kept = await keptFile(folder, name);
  if (kept !== null) return kept;
  return withLock(`${folder}.lock`, async () => {
    await ((await keptFile(folder, name)) ?? download(folder));
    return join(folder, name);
  });
}

async function download(folder: string): Promise<void> {
  const workFolder = `${folder}.half`;
  try {
    await rm(workFolder, { recursive: true, force: true });
    await mkdir(workFolder, { recursive: true });
    const python = join(await installPythonTool(ministackTool), 'python');
    const quietly = ['--quiet', '--disable-pip-version-check', '--no-deps'];
    await runGuarded(python, ['-m', 'pip', 'download', ...quietly, '--dest', workFolder, origin]);
    const half = join(workFolder, name);
    await writeFile(half, await binaryIn(workFolder));
    await keepFile(folder, { name, from: half, origin });
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('local.install_failed', { program: 'the Lambda emulator', because }, { cause });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function binaryIn(folder: string): Promise<Uint8Array> {
  const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  const path = `samcli/local/rapid/aws-lambda-rie-${process.arch === 'arm64' ? 'arm64' : 'x86_64'}`;
  const files = await unzipAsync(await readFile(join(folder, wheel ?? '')), { filter: (file) => file.name === path });
  const bytes = files[path];
  if (bytes === undefined) throw new Error(`${origin} does not hold ${path}`);
  return bytes;
}
