/** `trueup config check|apply|schema`: is trueup.yaml right, take it over on AWS, and the JSON Schema for editors. */
import type { Command } from 'commander';
import { readConfig } from '../../functions/wire/read-config.ts';
import { configJsonSchema } from '../../lib/core/config/config.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';

export function config(program: Command): void {
  const parent = program
    .command('config')
    .description('Check trueup.yaml, take it over on AWS, or print its JSON Schema.');
  parent
    .command('check')
    .description('Check trueup.yaml: every mistake at once, with its line.')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (options: ConfigOptions & OutputOptions) => {
      const { config, path } = await readConfig(options.config);
      print(options, config, () => `${path} is valid.`);
    });
  parent
    .command('apply')
    .description(
      'Take trueup.yaml over in the installation on AWS that it names: in effect within a minute, without a deploy.',
    )
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (options: ConfigOptions & OutputOptions) => {
      const { applyConfig } = await import('../config/apply-config.ts');
      const applied = await applyConfig(options.config);
      print(options, applied, ({ stack, region, changed }) =>
        changed
          ? `In effect in ${stack} (${region}) within a minute.`
          : `It is in effect in ${stack} (${region}) already.`,
      );
    });
  parent
    .command('schema')
    .description('Print the JSON Schema of trueup.yaml, for editors.')
    .action(() => print({ output: 'json' }, configJsonSchema(), () => ''));
}
