/** `trueup refresh APP`: asks Git and the cluster anew, now, whatever is remembered of them. */
import type { Command } from 'commander';
import { findApplication } from '../../lib/flow/find-application.ts';
import { summarizeApplication } from '../../lib/flow/summarize-application.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { sayHold } from '../say-hold.ts';
import { withFleet } from '../with-ports.ts';

export function refresh(program: Command): void {
  program
    .command('refresh')
    .description('Ask Git and the cluster anew about an Application.')
    .argument('<application>')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, options: ConfigOptions & OutputOptions) => {
      const { refreshApplication } = await import('../../lib/flow/refresh-application.ts');
      await withFleet(options, async (ports) => {
        await refreshApplication(application, ports);
        const entry = await findApplication(application, ports);
        sayHold(entry);
        const summary = summarizeApplication(entry);
        print(
          options,
          summary,
          ({ name, sync, health }) => `${name} is ${sync} and ${health}; it is looked at again now.`,
        );
      });
    });
}
