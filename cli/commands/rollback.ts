/** `trueup rollback APP`: back to the revision that ran before, and automation on hold so that it stays there. */
import type { Command } from 'commander';
import { type FollowOptions, followSync, waitOptions } from '../follow-sync.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { whoTyped, withFleet } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & FollowOptions & { to?: string };

export function rollback(program: Command): void {
  const command = program
    .command('rollback')
    .description('Go back to the revision that ran before (or --to another) and hold it there.')
    .argument('<application>')
    .option('--to <revision>', 'a full SHA of the history');
  waitOptions(command)
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, options: Options) => {
      const { rollBack } = await import('../../lib/flow/roll-back.ts');
      await withFleet(options, async (ports) => {
        const { to } = options;
        const request = await rollBack(
          application,
          { who: whoTyped('rollback'), ...(to === undefined ? {} : { to }) },
          ports,
        );
        await followSync({ application, request }, options, ports);
      });
    });
}
