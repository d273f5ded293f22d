/** Reads trueup.yaml for deploying, and settles the region. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../../lib/core/config/config.ts';
import { parseConfig } from '../../lib/core/config/parse-config.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { checkDeployable } from './check-deployable.ts';

export type Deployable = { config: Config; text: string; region: string };

/** Faults: config.missing, config.invalid, deploy.no_region, deploy.not_deployable. */
export async function readDeployable(options: {
  config: string;
  stage: string;
  region: string | undefined;
}): Promise<Deployable> {
  const path = resolve(options.config);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('config.missing', { path: options.config }, { cause });
  });
  const config = parseConfig(text, path);
  const region = options.region ?? (config.store.kind === 'aws' ? config.store.region : process.env.AWS_REGION);
  if (region === undefined) throw new Fault('deploy.no_region');
  checkDeployable(config, { stage: options.stage, region }, options.config);
  return { config, text, region };
}
