/** `trueup drift [APP]`: what differs in the cluster though Git did not move. Reports only. Exits 0 when nothing, 1 when something. */
import type { Command } from 'commander';
import { formatKey } from '../../lib/core/object/object-key.ts';
import type { DriftReport } from '../../lib/flow/find-drift.ts';
import { formatDiff, formatHands } from '../format-event.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { sayHold } from '../say-hold.ts';
import { chosen, withFleet } from '../with-ports.ts';

export function drift(program: Command): void {
  program
    .command('drift')
    .description('Show what was changed in the cluster by hand; exits 0 when nothing was, 1 when something was.')
    .argument('[application...]')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (applications: string[], options: ConfigOptions & OutputOptions) => {
      const { findDrift } = await import('../../lib/flow/find-drift.ts');
      await withFleet(options, async (ports) => {
        const reports: DriftReport[] = [];
        for (const name of await chosen(applications, ports)) reports.push(await findDrift(name, ports));
        for (const { application, hold } of reports) sayHold({ application: { name: application }, hold });
        print(options, reports, (list) => list.map(formatReport).join('\n'));
        process.exitCode = reports.some(isDifferent) ? 1 : 0;
      });
    });
}

function isDifferent({ drifts, extras }: DriftReport): boolean {
  return drifts.length > 0 || extras.some(({ ignored }) => !ignored);
}

function formatReport({ application, revision, objects, drifts, extras }: DriftReport): string {
  if (revision === null) return `${application} was never synced.`;
  const heading = `${application} at ${revision.slice(0, 7)}: ${drifts.length} of ${objects} objects drifted.`;
  const lines = drifts.map(
    ({ object, what, diff, by }) => `! ${formatKey(object)} ${what}${formatDiff(diff)}${formatHands(by)}`,
  );
  const more = extras.map(
    ({ object, ignored }) => `+ ${formatKey(object)} extra: Git never had it${ignored ? ' (IgnoreExtraneous)' : ''}`,
  );
  return [heading, ...lines, ...more].join('\n');
}
