/** `trueup apps`: the Applications, how they stand, and what holds them. */
import type { Command } from 'commander';
import type { ApplicationSummary } from '../../lib/core/application/application-summary.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { formatTable } from '../format-table.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { formatHold } from '../say-hold.ts';
import { withFleet } from '../with-ports.ts';

export function apps(program: Command): void {
  program
    .command('apps')
    .description('List the Applications: sync, health, revision, holds.')
    .addOption(configOption())
    .addOption(outputOption())
    .action((options: ConfigOptions & OutputOptions) =>
      withFleet(options, async (ports) => {
        print(options, (await ports.applications.list()).map(summarizeApplication), formatApps);
      }),
    );
}

function formatApps(applications: readonly ApplicationSummary[]): string {
  if (applications.length === 0) return 'No Applications. Put an Application document into the fleet.';
  const heads = ['NAME', 'SYNC', 'HEALTH', 'REVISION', 'CLUSTER', 'NOTE'];
  return formatTable([
    heads,
    ...applications.map((application) => [
      application.name,
      application.sync,
      application.health,
      application.revision?.slice(0, 7) ?? '-',
      application.cluster,
      note(application),
    ]),
  ]);
}

function note({ hold, blocked, operation, failed, condition, because, leaving }: ApplicationSummary): string {
  if (hold !== null)
    return `held ${formatHold({ ...hold, until: hold.until === null ? null : Date.parse(hold.until) })}`;
  if (leaving) return blocked === null ? 'being removed' : `being removed: ${blocked.because}`;
  if (blocked !== null) return blocked.because;
  if (operation !== null) {
    // How far it is, or why it comes no further; the end of a log is for `trueup health`.
    const [howFar = '', why = howFar] = (operation.waitsFor || because).split('\n');
    return `${operation.phase} ${operation.revision.slice(0, 7)}${why === '' ? '' : `: ${why}`}`;
  }
  if (condition !== null) return `${condition.code}: ${condition.message}`;
  if (failed !== null) return `${failed.revision.slice(0, 7)} failed: ${failed.fault.code}`;
  return because;
}
