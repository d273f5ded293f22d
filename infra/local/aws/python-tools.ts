/** Programs from PyPI, each in a Python environment of its own in the cache folder, installed once. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { cacheFolder } from '../cache-folder.ts';
import { exists } from '../exists.ts';
import { withLock } from '../lock.ts';
import { runGuarded } from '../run-guarded.ts';

/** `packages` as pip names them, with their versions: what is installed once stays. */
export type PythonTool = { name: string; version: string; packages: readonly string[] };

export const ministackTool = {
  name: 'ministack',
  version: '1.5.33',
  // It does without cryptography until somebody asks KMS for a key pair.
  packages: ['ministack==1.5.33', 'cryptography==50.0.2'],
} as const satisfies PythonTool;

export const awsCliTool = {
  name: 'awscli',
  version: '1.46.3',
  packages: ['awscli==1.46.3'],
} as const satisfies PythonTool;

/** The folder of its programs. Faults: local.program_missing (no Python), local.install_failed. */
export async function installPythonTool(tool: PythonTool, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folder = join(cacheFolder(env), 'tools', `${tool.name}-${tool.version}`);
  const programs = join(folder, 'bin');
  if (await isInstalled(folder, tool)) return programs;
  return withLock(`${folder}.lock`, async () => {
    if (await isInstalled(folder, tool)) return programs;
    console.error(`Installing ${tool.name} ${tool.version} (once, about a minute) …`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await makeEnvironment(folder, tool);
    await writeFile(join(folder, 'installed'), contentOf(tool));
    return programs;
  });
}

/** The AWS command line, to compare with. Faults: as of installPythonTool. */
export async function findAwsCli(): Promise<string> {
  return join(await installPythonTool(awsCliTool), 'aws');
}

/** Its Python may have been removed or replaced since: then its link leads nowhere. */
async function isInstalled(folder: string, tool: PythonTool): Promise<boolean> {
  const installed = await readFile(join(folder, 'installed'), 'utf8').catch(() => null);
  return installed === contentOf(tool) && exists(join(folder, 'bin', 'python'));
}

function contentOf({ packages }: PythonTool): string {
  return `${packages.join('\n')}\n`;
}

async function makeEnvironment(folder: string, tool: PythonTool): Promise<void> {
  await needPython(tool.name);
  try {
    await runGuarded('python3', ['-m', 'venv', folder]);
    const quietly = ['--quiet', '--disable-pip-version-check', '--no-input'];
    await runGuarded(join(folder, 'bin', 'python'), ['-m', 'pip', 'install', ...quietly, ...tool.packages]);
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('local.install_failed', { program: tool.name, because }, { cause });
  }
}

/** Debian packs the module apart from Python itself. */
async function needPython(wanted: string): Promise<void> {
  await runGuarded('python3', ['-c', 'import ensurepip, venv']).catch((cause) => {
    const needs = 'Python 3.10 or newer with its module venv (on Debian: apt-get install python3-venv)';
    throw new Fault('local.program_missing', { program: 'python3', wanted, needs }, { cause });
  });
}
