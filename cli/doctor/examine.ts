/** What `trueup doctor` looks at, in the order in which things depend on each other. */

import { openSecretsOf } from '../../functions/wire/open-secrets-of.ts';
import { readConfig } from '../../functions/wire/read-config.ts';
import type { Config } from '../../lib/core/config/config.ts';
import { referencesOf } from '../../lib/core/config/references-of.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { openLog } from '../open-log.ts';
import { wire } from '../wire/wire.ts';
import { tryCluster, tryFleet, tryRepository, trySecret, tryTools } from './tries.ts';

export type Finding = { check: string } & (
  | { ok: true; found: string }
  | { ok: false; code: string; message: string; hint: string }
);

/** Everything that can be tried is tried, however much of it fails. */
export async function examine(file: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const look = async <Value>(check: string, work: () => Promise<{ found: string; value: Value }>) => {
    const { finding, value } = await attempt(check, work);
    findings.push(finding);
    return value;
  };
  const read = await look('configuration', async () => {
    const value = await readConfig(file);
    return { found: `${value.path} is valid`, value };
  });
  if (read === null) return findings;
  const { config, path } = read;
  const secrets = openSecretsOf(path);
  for (const { where, reference } of referencesOf(config))
    await look(`secret ${where}`, () => trySecret(reference, secrets));
  await look('tools', tryTools);
  const house = await look('store', async () => {
    const value = await wire(config, { path, log: openLog({ level: 'warn' }) });
    return { found: `${placeOf(config.store)} can be used`, value };
  });
  if (house === null) return findings;
  const repoURLs = await look('fleet', () => tryFleet(house.ports, config));
  for (const repoURL of repoURLs ?? []) await look(`repository ${repoURL}`, () => tryRepository(repoURL, house.ports));
  for (const { name } of config.clusters) await look(`cluster ${name}`, () => tryCluster(name, house.ports));
  await house.close();
  return findings;
}

function placeOf(store: Config['store']): string {
  return store.kind === 'sqlite' ? store.path : `${store.stack} in ${store.region}`;
}

async function attempt<Value>(
  check: string,
  work: () => Promise<{ found: string; value: Value }>,
): Promise<{ finding: Finding; value: Value | null }> {
  try {
    const { found, value } = await work();
    return { finding: { check, ok: true, found }, value };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, hint } = error.report();
    return { finding: { check, ok: false, code, message, hint }, value: null };
  }
}
