/** `trueup doctor`: tries everything the configuration names, and says what is wrong and what to do. Exits 1 when something is. */
import type { Command } from 'commander';
import type { Finding } from '../doctor/finding.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';

export function doctor(program: Command): void {
  program
    .command('doctor')
    .description('Check configuration, secrets, store, tools, fleet, Git hosts and clusters; exits 1 when one fails.')
    .addOption(configOption())
    .addOption(outputOption())
    .option('--aws', 'look at an installation on AWS: its stack, queues, functions with all they may do, and clusters')
    .action(async (options: ConfigOptions & OutputOptions & { aws?: true }) => {
      const findings = await (options.aws ? examineInstallation(options.config) : examineHere(options.config));
      print(options, findings, (list) => list.map(formatFinding).join('\n'));
      process.exitCode = findings.some(({ ok }) => !ok) ? 1 : 0;
    });
}

/** Loaded when needed: the clients of AWS are large. */
async function examineInstallation(config: string): Promise<Finding[]> {
  const { examineAws } = await import('../doctor/examine-aws.ts');
  return examineAws(config);
}

async function examineHere(config: string): Promise<Finding[]> {
  const { examine } = await import('../doctor/examine.ts');
  return examine(config);
}

function formatFinding(finding: Finding): string {
  if (finding.ok) return `ok    ${finding.check}: ${finding.found}`;
  return `FAIL  ${finding.check}: ${finding.code}: ${finding.message}\n      hint: ${finding.hint}`;
}
