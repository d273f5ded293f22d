/** Runs osls over this checkout. Its folders, .serverless and .esbuild, are there once, so only one runs at a time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../lib/core/fault/fault.ts';
import { withLock } from '../local/lock.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export type OslsOptions = { stage: string; region?: string; parameters?: Readonly<Record<string, string>> };

/** `then`: what needs the folders while they are as osls left them. Fault deploy.osls_failed. */
export async function runOsls<Result>(
  command: 'deploy' | 'package',
  { stage, region, parameters = {} }: OslsOptions,
  then: () => Promise<Result>,
): Promise<Result> {
  // osls takes no empty value; the defaults of those that may be empty are.
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === '' ? [] : `--param=${name}=${value}`));
  const where = region === undefined ? [] : ['--region', region];
  const args = [command, '--stage', stage, ...where, ...given];
  return withLock(join(root, '.trueup', 'osls.lock'), async () => {
    await run(args);
    return then();
  });
}

async function run(args: readonly string[]): Promise<void> {
  const osls = join(root, 'node_modules', '.bin', 'osls');
  // osls starts with whatever `node` it finds.
  const PATH = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(osls, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH },
  });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Fault('deploy.osls_failed', { found: code ?? signal });
}
