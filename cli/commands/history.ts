/** `trueup history APP [ID]`: its syncs, newest first, or all that is known of one. */
import type { Command } from 'commander';
import type { HistoryEntry } from '../../lib/core/history/history-entry.ts';
import type { DescribedSync } from '../../lib/flow/describe-sync.ts';
import { findApplication } from '../../lib/flow/find-application.ts';
import { listHistory } from '../../lib/flow/list-history.ts';
import { formatEvent } from '../format-event.ts';
import { formatTable } from '../format-table.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption, wholeNumber } from '../options.ts';
import { print } from '../print.ts';
import { sayHold } from '../say-hold.ts';
import { withPorts } from '../with-ports.ts';

export function history(program: Command): void {
  program
    .command('history')
    .description('Show the syncs of an Application, newest first, or one of them with its parameters and events.')
    .argument('<application>')
    .argument('[id]', 'of one sync, or a SHA')
    .option('--limit <n>', 'how many', wholeNumber, 20)
    .addOption(configOption())
    .addOption(outputOption())
    .action((application: string, id: string | undefined, options: ConfigOptions & OutputOptions & { limit: number }) =>
      withPorts(options, async (ports) => {
        const entry = await findApplication(application, ports);
        sayHold(entry);
        if (id === undefined) {
          const { historyLimit: keep } = entry.application;
          print(options, await listHistory({ application, limit: options.limit, keep }, ports), formatHistory);
          return;
        }
        const { describeSync } = await import('../../lib/flow/describe-sync.ts');
        print(options, await describeSync(application, id, ports), formatSync);
      }),
    );
}

const heads = [
  'ID',
  'WHEN',
  'KIND',
  'REVISION',
  'RESULT',
  'HEALTH',
  'CREATED',
  'UPDATED',
  'PRUNED',
  'MS',
  'WHO',
  'WHY',
];

function formatHistory(syncs: readonly HistoryEntry[]): string {
  return formatTable([heads, ...syncs.map(formatRow)]);
}

function formatRow({ id, kind, at, revision, result, health, counts, durationMs, who, why, fault }: HistoryEntry) {
  return [
    id === null ? '-' : String(id),
    at.slice(0, 19).replace('T', ' '),
    kind,
    revision === '' ? '-' : revision.slice(0, 7),
    result,
    health ?? '-',
    String(counts.created),
    String(counts.updated),
    String(counts.pruned),
    String(durationMs),
    who,
    fault === null ? why : `${why} (${fault.code}: ${fault.message})`,
  ];
}

function formatSync({ source, events, ...entry }: DescribedSync): string {
  const parameters = source === null ? 'lost; a rollback takes those of now' : JSON.stringify(source, null, 2);
  const table = formatTable([heads, formatRow({ ...entry, source: '' })]);
  return [table, `Source: ${parameters}`, 'Events:', ...events.map(formatEvent)].join('\n');
}
