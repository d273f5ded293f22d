/** `trueup sync APP`: makes an Application equal to Git now, and waits for the end. Works beside `serve` and without it. */
import type { Command } from 'commander';
import { type ResourceSelection, readLabel, readResourcePattern } from '../../lib/core/sync/selection.ts';
import { findApplication } from '../../lib/flow/find-application.ts';
import { type FollowOptions, followSync, waitOptions } from '../follow-sync.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { sayHold } from '../say-hold.ts';
import { whoTyped, withFleet } from '../with-ports.ts';

type Options = ConfigOptions &
  OutputOptions &
  FollowOptions & { revision?: string; prune?: true; resource: string[]; label: string[] };

export function sync(program: Command): void {
  const command = program
    .command('sync')
    .description('Make an Application equal to Git and wait until it is healthy; exits 1 when that fails.')
    .argument('<application>')
    .option('--revision <revision>', 'a branch, tag or SHA instead of targetRevision')
    .option('--prune', 'delete what left Git, also where syncPolicy does not say so')
    .option(
      '--resource <group:kind:name>',
      'only this object, `!` before it: not this one; `namespace/` before the name; globs; repeatable. No hooks run.',
      collect,
      [],
    )
    .option('--label <key=value>', 'only objects with this label; repeatable. No hooks run.', collect, []);
  waitOptions(command)
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string, options: Options) => {
      const { requestSync } = await import('../../lib/flow/request-sync.ts');
      await withFleet(options, async (ports) => {
        const { revision, prune = false } = options;
        sayHold(await findApplication(application, ports));
        const only = selectionOf(options);
        const ask = {
          who: whoTyped('sync'),
          prune,
          ...(revision === undefined ? {} : { revision }),
          ...(only === null ? {} : { only }),
        };
        const request = await requestSync(application, ask, ports);
        await followSync({ application, request }, options, ports);
      });
    });
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function selectionOf({ resource, label }: Pick<Options, 'resource' | 'label'>): ResourceSelection | null {
  if (resource.length + label.length === 0) return null;
  return { resources: resource.map(readResourcePattern), labels: Object.fromEntries(label.map(readLabel)) };
}
