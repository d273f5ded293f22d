/** `trueup history APP`: its syncs, newest first. */
import type { Command } from 'commander';
import type { Event } from '../../lib/core/event/event.ts';
import { findApplication } from '../../lib/flow/find-application.ts';
import { listHistory } from '../../lib/flow/list-history.ts';
import { formatTable } from '../format-table.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption, wholeNumber } from '../options.ts';
import { print } from '../print.ts';
import { withPorts } from '../with-ports.ts';

export function history(program: Command): void {
  program
    .command('history')
    .description('Show the syncs of an Application, newest first.')
    .argument('<application>')
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .addOption(configOption())
    .addOption(outputOption())
    .action((application: string, options: ConfigOptions & OutputOptions & { limit: number }) =>
      withPorts(options, async (ports) => {
        await findApplication(application, ports);
        print(options, await listHistory({ application, limit: options.limit }, ports), formatHistory);
      }),
    );
}

function formatHistory(syncs: readonly Extract<Event, { type: 'sync.finished' }>[]): string {
  const heads = ['WHEN', 'REVISION', 'RESULT', 'CREATED', 'UPDATED', 'PRUNED', 'MS', 'WHO', 'MESSAGE'];
  return formatTable([
    heads,
    ...syncs.map(({ at, revision, result, counts, durationMs, who, message, fault }) => [
      at.slice(0, 19).replace('T', ' '),
      revision.slice(0, 7),
      result,
      String(counts.created),
      String(counts.updated),
      String(counts.pruned),
      String(durationMs),
      who,
      fault === undefined ? message : `${message} (${fault.code}: ${fault.message})`,
    ]),
  ]);
}
