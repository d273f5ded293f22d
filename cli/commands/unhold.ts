/** `trueup unhold APP|--all`: Git wins again. */
import type { Command } from 'commander';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { chosen, whoTyped, withFleet } from '../with-ports.ts';
import { oneOrAll } from './hold.ts';

type Options = ConfigOptions & OutputOptions & { all?: true };

export function unhold(program: Command): void {
  program
    .command('unhold')
    .description('End a hold: what changed meanwhile is synced and healed.')
    .argument('[application]')
    .option('--all', 'every Application')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string | undefined, options: Options) => {
      const { unholdApplication } = await import('../../lib/flow/hold-application.ts');
      await withFleet(options, async (ports) => {
        const released = await chosen(oneOrAll(application, options.all), ports);
        for (const name of released) await unholdApplication(name, { who: whoTyped('unhold') }, ports);
        print(options, { released }, () => `No longer on hold: ${released.join(', ')}.`);
      });
    });
}
