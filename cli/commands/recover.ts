/** `trueup recover [APP]`: comes back after the state was lost, from Git and the clusters alone. Exits 1 when one could not be compared. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Recovered } from '../../lib/flow/recover-installation.ts';
import { formatTable } from '../format-table.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { chosen, whoTyped, withFleet } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & { confirm?: true };

const busyMs = 500;
const waits = 240;

export function recover(program: Command): void {
  program
    .command('recover')
    .description(
      'After the state was lost: read the clusters, compare with Git, show what differs. Exits 1 when that failed for one.',
    )
    .argument('[application...]')
    .option('--confirm', 'let them go on: what differs is synced; a first prune is asked about once more')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (applications: string[], options: Options) => {
      const { recoverInstallation } = await import('../../lib/flow/recover-installation.ts');
      await withFleet(options, async (ports) => {
        const confirm = options.confirm === true ? { who: whoTyped('recover') } : null;
        const names = await chosen(applications, ports);
        let recovered = await recoverInstallation(names, { confirm }, ports);
        for (let asked = 1; asked < waits && recovered.some(({ busy }) => busy); asked += 1) {
          await sleep(busyMs);
          recovered = merge(recovered, await recoverInstallation(stillBusy(recovered), { confirm }, ports));
        }
        print(options, recovered, formatRecovered);
        process.exitCode = recovered.some(({ fault, busy }) => fault !== null || busy) ? 1 : 0;
      });
    });
}

function stillBusy(recovered: readonly Recovered[]): string[] {
  return recovered.filter(({ busy }) => busy).map(({ application }) => application);
}

function merge(before: readonly Recovered[], newer: readonly Recovered[]): Recovered[] {
  return before.map((row) => newer.find(({ application }) => application === row.application) ?? row);
}

function formatRecovered(recovered: readonly Recovered[]): string {
  if (recovered.length === 0) return 'Nothing waits to be recovered.';
  const waiting = recovered.filter(({ differs, confirmed }) => differs !== null && !confirmed);
  const table = formatTable([
    ['NAME', 'CLUSTER', 'OBJECTS', 'COMPARED WITH GIT', 'HELD'],
    ...recovered.map((row) => [row.application, row.cluster, String(row.objects), compared(row), held(row)]),
  ]);
  const failed = recovered.filter(({ fault }) => fault !== null);
  return [
    table,
    ...(waiting.length === 0 ? [] : ['Nothing was written to a cluster. To go on: trueup recover --confirm']),
    ...(failed.length === 0
      ? []
      : ['What could not be compared stays held. To let one go on unseen: trueup unhold APP']),
  ].join('\n');
}

function compared({ differs, fault, busy }: Recovered): string {
  if (differs === null)
    return fault === null ? (busy ? 'another worker is at it' : '-') : `${fault.code}: ${fault.message}`;
  const parts = Object.entries(differs).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'equal' : parts.map(([what, count]) => `${count} to ${what}`).join(', ');
}

function held({ hold, confirmed }: Recovered): string {
  if (hold === null) return confirmed ? 'no more' : 'no';
  return confirmed ? `by ${hold.who}: ${hold.reason}` : before(hold);
}

/** Until it is confirmed, what counts is who held it before. */
function before({ afterLoss }: NonNullable<Recovered['hold']>): string {
  const lost = afterLoss?.before ?? null;
  return lost === null ? 'until confirmed' : `until confirmed; then by ${lost.who}: ${lost.reason}`;
}
