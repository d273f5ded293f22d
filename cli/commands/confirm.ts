/** `trueup confirm APP`: lets the prune go through that the guard stopped. */
import type { Command } from 'commander';
import { findApplication } from '../../lib/flow/find-application.ts';
import { type FollowOptions, followSync, waitOptions } from '../follow-sync.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { sayHold } from '../say-hold.ts';
import { whoTyped, withFleet } from '../with-ports.ts';

export function confirm(program: Command): void {
  const command = program
    .command('confirm')
    .description('Confirm a prune that the guard stopped, and sync.')
    .argument('<application>');
  waitOptions(command)
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, options: ConfigOptions & OutputOptions & FollowOptions) => {
      const { requestSync } = await import('../../lib/flow/request-sync.ts');
      await withFleet(options, async (ports) => {
        const ask = { who: whoTyped('confirm'), prune: true, confirmed: true };
        sayHold(await findApplication(application, ports));
        const request = await requestSync(application, ask, ports);
        await followSync({ application, request }, options, ports);
      });
    });
}
