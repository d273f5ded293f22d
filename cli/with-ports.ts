/** Opens the store and all the rest that the configuration names, lets a command work with it, and closes it again. */
import { userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../functions/wire/read-config.ts';
import { Fault } from '../lib/core/fault/fault.ts';
import type { Ports } from '../lib/ports/ports.ts';
import type { ConfigOptions } from './options.ts';
import { say } from './print.ts';

export async function withPorts(options: ConfigOptions, use: (ports: Ports) => Promise<void>): Promise<void> {
  const { config, path } = await readConfig(options.config);
  const [{ wire }, { openLog }] = await Promise.all([import('./wire/wire.ts'), import('./open-log.ts')]);
  const house = await wire(config, { path, log: openLog({ level: 'warn' }) });
  try {
    await use(house.ports);
  } finally {
    await house.close();
  }
}

/** The same, after the fleet was read: Applications written a moment ago are known without `trueup serve`. */
export async function withFleet(options: ConfigOptions, use: (ports: Ports) => Promise<void>): Promise<void> {
  const { syncFleet } = await import('../lib/flow/sync-fleet.ts');
  await withPorts(options, async (ports) => {
    let read = await syncFleet(ports);
    // Somebody else reads it at this moment, maybe since before what this command is about.
    for (; read === null; read = await syncFleet(ports)) await pause(500);
    for (const fault of read.faults) say(`warning: ${fault.code}: ${fault.message}\n  hint: ${fault.hint}`);
    await use(ports);
  });
}

/** Names given on the command line, or every Application. */
export async function chosen(names: readonly string[], ports: Ports): Promise<string[]> {
  const known = (await ports.applications.list()).map(({ application }) => application.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Fault('application.not_found', { application: unknown, known: known.join(', ') || 'none' });
  }
  return names.length > 0 ? [...names] : known;
}

/** `ann (trueup sync)`: how the record names who typed this command. */
export function whoTyped(command: string): string {
  return `${userInfo().username} (trueup ${command})`;
}
