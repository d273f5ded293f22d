/** `trueup export [FILE]`: the state as one document, to keep or to carry to another store. */
import type { Command } from 'commander';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { withPorts } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & { events?: true };

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('Write down the state: Applications, holds, records. Not encrypted: keep it like a key.')
    .argument('[file]', 'readable by you alone, replaced when it is there; left out: stdout')
    .option('--events', 'with the record of all that happened')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (file: string | undefined, options: Options) => {
      const { exportState } = await import('../../lib/flow/export-state.ts');
      await withPorts(options, async (ports) => {
        const lines = exportState({ events: options.events === true }, ports);
        if (file === undefined) return toStdout(lines);
        const { writeStateFile } = await import('../state-file.ts');
        await writeStateFile(file, lines);
        print(options, { file }, () => `Written to ${file}. To put it back: trueup import state ${file}`);
      });
    });
}

async function toStdout(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) process.stdout.write(line);
}
