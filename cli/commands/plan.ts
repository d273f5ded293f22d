/** `trueup plan APP`: what a sync would do. Exits 0 when that is nothing, 1 when it is something, as `kubectl diff` does. */
import type { Command } from 'commander';
import { formatKey } from '../../lib/core/object/object-key.ts';
import { changesOf, hasChanges, type Plan, type PlannedChange } from '../../lib/core/plan/plan.ts';
import { formatDiff } from '../format-event.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { withFleet } from '../with-ports.ts';

export function plan(program: Command): void {
  program
    .command('plan')
    .description('Show what a sync would change; exits 0 when equal, 1 when different.')
    .argument('<application>')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, options: ConfigOptions & OutputOptions) => {
      const { planApplication } = await import('../../lib/flow/plan-application.ts');
      await withFleet(options, async (ports) => {
        const planned = await planApplication(application, ports);
        print(options, planned, formatPlan);
        process.exitCode = hasChanges(planned) ? 1 : 0;
      });
    });
}

function formatPlan(planned: Plan): string {
  const { application, revision, kept, warnings } = planned;
  const changes = changesOf(planned);
  const heading =
    changes.length === 0
      ? `${application} is equal to ${revision.slice(0, 7)}: ${kept} objects kept.`
      : `${application} at ${revision.slice(0, 7)}: ${changes.length} to change, ${kept} kept.`;
  return [heading, ...changes.map(formatChange), ...warnings.map((warning) => `warning: ${warning}`)].join('\n');
}

const signs = { create: '+', update: '~', recreate: '±', delete: '-', skip: '!', hook: '>' };

function formatChange(change: PlannedChange): string {
  const what = `${signs[change.action]} ${formatKey(change.key)}`;
  if (change.action === 'skip') return `${what}: ${change.why}`;
  if (change.action === 'delete') return what;
  if (change.action === 'hook') return `${what} (${change.phase} hook)`;
  return `${what}${formatDiff(change.diff)}${change.rehearsed ? '' : ' (not rehearsed)'}`;
}
