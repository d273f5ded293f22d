/** `trueup hold APP|--all`: stops automation at once; people can still sync by hand. */
import type { Command } from 'commander';
import { Fault } from '../../lib/core/fault/fault.ts';
import { type HoldTimeOptions, holdTimeOptions, holdUntil } from '../hold-time.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { chosen, whoTyped, withFleet } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & HoldTimeOptions & { all?: true; reason: string };

export function hold(program: Command): void {
  const command = program
    .command('hold')
    .description('Stop automation on an Application: no sync, no heal, until unhold.')
    .argument('[application]')
    .option('--all', 'every Application')
    .option('--reason <text>', 'why, for everybody who wonders', 'by hand');
  holdTimeOptions(command)
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string | undefined, options: Options) => {
      const { holdApplication } = await import('../../lib/flow/hold-application.ts');
      await withFleet(options, async (ports) => {
        const until = holdUntil(options, ports.now());
        const held = await chosen(oneOrAll(application, options.all), ports);
        for (const name of held) {
          await holdApplication(name, { who: whoTyped('hold'), reason: options.reason, until }, ports);
        }
        print(options, { held, until: until === null ? null : new Date(until).toISOString() }, formatHeld);
      });
    });
}

/** An empty list stands for all of them. Fault config.bad_argument when neither or both were given. */
export function oneOrAll(application: string | undefined, all: true | undefined): string[] {
  if ((application === undefined) === (all === undefined)) {
    const found = all === undefined ? 'left out' : 'given together with --all';
    throw new Fault('config.bad_argument', { argument: 'APPLICATION', found, allowed: 'a name, or --all' });
  }
  return application === undefined ? [] : [application];
}

function formatHeld({ held, until }: { held: string[]; until: string | null }): string {
  return `On hold${until === null ? '' : ` until ${until}`}: ${held.join(', ')}. End it with: trueup unhold`;
}
