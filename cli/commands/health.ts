/** `trueup health APP`, or `trueup health -f FILE.yaml`: how objects fare, one line each, in their order. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Fault } from '../../lib/core/fault/fault.ts';
import { type HealthLine, healthReport } from '../../lib/core/health/health-report.ts';
import { parseManifests } from '../../lib/core/render/parse-manifests.ts';
import { type ApplicationHealth, readHealth } from '../../lib/flow/read-health.ts';
import { formatTable } from '../format-table.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { withPorts } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & { file?: string };

export function health(program: Command): void {
  program
    .command('health')
    .description('Show the health of an Application and its objects, or of the live objects in a file.')
    .argument('[application]')
    .option('-f, --file <file>', 'live objects as YAML or JSON, for example from kubectl get -o yaml; `-` is stdin')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string | undefined, options: Options) => {
      if ((application === undefined) === (options.file === undefined)) {
        const found = application === undefined ? 'left out' : 'given together with --file';
        throw new Fault('config.bad_argument', { argument: 'APPLICATION', found, allowed: 'a name, or --file FILE' });
      }
      if (options.file !== undefined) print(options, await reportFile(options.file), formatLines);
      else if (application !== undefined) {
        await withPorts(options, async (ports) => print(options, await readHealth(application, ports), formatHealth));
      }
    });
}

async function reportFile(file: string): Promise<HealthLine[]> {
  const text = await readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch((cause: unknown) => {
    throw new Fault(
      'config.bad_argument',
      { argument: '--file', found: file, allowed: 'a file that can be read' },
      { cause },
    );
  });
  return healthReport(parseManifests(text, file).map(({ object }) => object));
}

function formatHealth({ application, status, because, objects }: ApplicationHealth): string {
  return `${application}: ${status}${because ? `, ${because}` : ''}\n${formatLines(objects)}`;
}

function formatLines(lines: readonly HealthLine[]): string {
  const rows = lines.map(({ kind, namespace, name, status, message }) => [
    kind,
    namespace === '' ? '-' : namespace,
    name,
    status,
    message,
  ]);
  return formatTable([['KIND', 'NAMESPACE', 'NAME', 'HEALTH', 'MESSAGE'], ...rows]);
}
