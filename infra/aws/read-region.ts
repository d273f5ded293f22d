/** Where an installation is: as typed, else as trueup.yaml says, else as the shell does. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseConfig } from '../../lib/core/config/parse-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';

/** To remove an installation no trueup.yaml is needed. Faults: config.invalid, deploy.no_region. */
export async function readRegion({ region, config }: { region: string | undefined; config: string }): Promise<string> {
  const found = region ?? (await regionOf(resolve(config))) ?? process.env.AWS_REGION;
  if (found === undefined) throw new Fault('deploy.no_region');
  return found;
}

async function regionOf(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { store } = parseConfig(text, path);
  return store.kind === 'aws' ? store.region : undefined;
}
