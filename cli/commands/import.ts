/** `trueup import state FILE`: puts back what `trueup export` wrote, into this store or another. */
import type { Command } from 'commander';
import type { Imported } from '../../lib/flow/import-state.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { withPorts } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & { merge?: true };

export function importCommand(program: Command): void {
  const parent = program.command('import').description('Bring in what was known elsewhere.');
  parent
    .command('state', { isDefault: true })
    .description('Put back a state that `trueup export` wrote. `trueup import FILE` is the same.')
    .argument('<file>')
    .option('--merge', 'into a store with a state: what is known there stays, the rest is added')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (file: string, options: Options) => {
      const [{ importState }, { openStateFile }] = await Promise.all([
        import('../../lib/flow/import-state.ts'),
        import('../state-file.ts'),
      ]);
      await withPorts(options, async (ports) => {
        const imported = await importState(openStateFile(file), { merge: options.merge === true }, ports);
        print(options, imported, formatImported);
      });
    });
}

function formatImported({ imported, kept, events, otherKey }: Imported): string {
  const keptHere = kept.length === 0 ? [] : [`Known here already and left as they are: ${kept.join(', ')}.`];
  const secrets = otherKey
    ? ['It belongs to another installation key: Secrets are compared with Git anew, by the next sync.']
    : [];
  return [`Imported: ${imported.join(', ') || 'no Application'}; ${events} events.`, ...keptHere, ...secrets].join(
    '\n',
  );
}
