/** What `trueup doctor` looks at, in the order in which things depend on each other. */

import { openSecretsOf } from '../../functions/wire/open-secrets-of.ts';
import { readConfig } from '../../functions/wire/read-config.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { referencesOf } from '../../lib/core/config/references-of.ts';
import { openLog } from '../open-log.ts';
import { wire } from '../wire/wire.ts';
import { type Finding, openFindings } from './finding.ts';
import { tryCluster, tryFleet, tryRepository, trySecret, tryTools } from './tries.ts';

export async function examine(file: string): Promise<Finding[]> {
  const { findings, look } = openFindings();
  const read = await look('configuration', async () => {
    const value = await readConfig(file);
    return { found: `${value.path} is valid`, value };
  });
  if (read === null) return findings;
  const { config, path } = read;
  const log = openLog({ level: 'warn' });
  const secrets = openSecretsOf(config, { path, log });
  for (const { where, reference } of referencesOf(config))
    await look(`secret ${where}`, () => trySecret(reference, secrets));
  await look('tools', tryTools);
  const house = await look('store', async () => {
    const value = await wire(config, { path, log });
    return { found: `${placeOf(config.store)} can be used`, value };
  });
  if (house === null) return findings;
  const repositories = await look('fleet', () => tryFleet(house.ports, config));
  for (const each of repositories ?? [])
    await look(`repository ${each.repoURL}`, () => tryRepository(each, house.ports));
  for (const { name } of config.clusters) await look(`cluster ${name}`, () => tryCluster(name, house.ports));
  await house.close();
  return findings;
}

function placeOf(store: Config['store']): string {
  return store.kind === 'sqlite' ? store.path : `${store.stack} in ${store.region}`;
}
