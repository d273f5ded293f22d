/** `trueup sync APP`: makes an Application equal to Git now, and waits for the end. Works beside `serve` and without it. */
import type { Command } from 'commander';
import { type FollowOptions, followSync, waitOptions } from '../follow-sync.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { whoTyped, withFleet } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & FollowOptions & { revision?: string; prune?: true };

export function sync(program: Command): void {
  const command = program
    .command('sync')
    .description('Make an Application equal to Git and wait until it is healthy; exits 1 when that fails.')
    .argument('<application>')
    .option('--revision <revision>', 'a branch, tag or SHA instead of targetRevision')
    .option('--prune', 'delete what left Git, also where syncPolicy does not say so');
  waitOptions(command)
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, options: Options) => {
      const { requestSync } = await import('../../lib/flow/request-sync.ts');
      await withFleet(options, async (ports) => {
        const { revision, prune = false } = options;
        const ask = { who: whoTyped('sync'), prune, ...(revision === undefined ? {} : { revision }) };
        const request = await requestSync(application, ask, ports);
        await followSync({ application, request }, options, ports);
      });
    });
}
