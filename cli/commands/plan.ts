/** `trueup plan APP`: what a sync would do. Exits 0 when that is nothing, 1 when it is something, as `kubectl diff` does. */
import type { Command } from 'commander';
import { hasChanges } from '../../lib/core/plan/plan.ts';
import { findApplication } from '../../lib/flow/find-application.ts';
import { formatPlan } from '../format-plan.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { sayHold } from '../say-hold.ts';
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
        const entry = await findApplication(application, ports);
        sayHold(entry);
        print(options, { ...planned, hold: entry.hold }, formatPlan);
        process.exitCode = hasChanges(planned) ? 1 : 0;
      });
    });
}
