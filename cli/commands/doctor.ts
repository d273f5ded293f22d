/** `trueup doctor`: tries everything the configuration names, and says what is wrong and what to do. Exits 1 when something is. */
import type { Command } from 'commander';
import type { Finding } from '../doctor/examine.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';

export function doctor(program: Command): void {
  program
    .command('doctor')
    .description('Check configuration, secrets, store, tools, fleet, Git hosts and clusters; exits 1 when one fails.')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (options: ConfigOptions & OutputOptions) => {
      const { examine } = await import('../doctor/examine.ts');
      const findings = await examine(options.config);
      print(options, findings, (list) => list.map(formatFinding).join('\n'));
      process.exitCode = findings.some(({ ok }) => !ok) ? 1 : 0;
    });
}

function formatFinding(finding: Finding): string {
  if (finding.ok) return `ok    ${finding.check}: ${finding.found}`;
  return `FAIL  ${finding.check}: ${finding.code}: ${finding.message}\n      hint: ${finding.hint}`;
}
