/** `trueup terminate APP`: ends the running sync. What was applied stays; running hooks are stopped. */
import type { Command } from 'commander';
import { findApplication } from '../../lib/flow/find-application.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { sayHold } from '../say-hold.ts';
import { whoTyped, withFleet } from '../with-ports.ts';

export function terminate(program: Command): void {
  program
    .command('terminate')
    .description('End the running sync of an Application; what was applied stays, running hooks are stopped.')
    .argument('<application>')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, options: ConfigOptions & OutputOptions) => {
      const { requestTermination } = await import('../../lib/flow/request-termination.ts');
      const { syncApplication } = await import('../../lib/flow/sync-application.ts');
      await withFleet(options, async (ports) => {
        const operation = await requestTermination(application, whoTyped('terminate'), ports);
        // Whoever works on it at this moment sees the request at its next step; else it is done here.
        await syncApplication(application, ports);
        sayHold(await findApplication(application, ports));
        print(
          options,
          { application, operation },
          () => `The sync of ${application} is ended; see: trueup events ${application}`,
        );
      });
    });
}
