/** `trueup health APP`, or `trueup health -f FILE.yaml`: how objects fare, one line each, in their order. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { isCustomizationDocument, readCustomizations } from '../../lib/core/customization/read-customizations.ts';
import { collectFaults } from '../../lib/core/fault/collect-faults.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { type HealthLine, healthReport } from '../../lib/core/health/health-report.ts';
import type { HealthRules } from '../../lib/core/health/health-rules.ts';
import { parseManifests } from '../../lib/core/render/parse-manifests.ts';
import { checkScripts } from '../../lib/flow/check-scripts.ts';
import { type ApplicationHealth, readHealth } from '../../lib/flow/read-health.ts';
import { healthRules } from '../../lib/flow/with-health-rules.ts';
import { formatTable } from '../format-table.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print, say } from '../print.ts';
import { sayHold } from '../say-hold.ts';
import { withPorts } from '../with-ports.ts';

type Options = ConfigOptions & OutputOptions & { file?: string; customizations?: string };

export function health(program: Command): void {
  program
    .command('health')
    .description('Show the health of an Application and its objects, or of the live objects in a file.')
    .argument('[application]')
    .option('-f, --file <file>', 'live objects as YAML or JSON, for example from kubectl get -o yaml; `-` is stdin')
    .option('--customizations <file>', 'with --file: an argocd-cm ConfigMap with health checks in Lua or CEL')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (application: string | undefined, options: Options) => {
      if ((application === undefined) === (options.file === undefined)) {
        const found = application === undefined ? 'left out' : 'given together with --file';
        throw new Fault('config.bad_argument', { argument: 'APPLICATION', found, allowed: 'a name, or --file FILE' });
      }
      if (options.customizations !== undefined && options.file === undefined) {
        const allowed = '--customizations together with --file: an Application is judged by those of its fleet';
        throw new Fault('config.bad_argument', { argument: '--customizations', found: 'given alone', allowed });
      }
      if (options.file !== undefined) print(options, await reportFile(options.file, options), formatLines);
      else if (application !== undefined) {
        await withPorts(options, async (ports) => {
          const read = await readHealth(application, ports);
          sayHold({ application: { name: application }, hold: read.hold });
          if (read.waits !== null) say(`note: ${read.waits}`);
          print(options, read, formatHealth);
        });
      }
    });
}

async function reportFile(file: string, { customizations }: Options): Promise<HealthLine[]> {
  const text = await readText('--file', file);
  const rules = customizations === undefined ? [] : await readRules(customizations);
  return healthReport(
    parseManifests(text, file).map(({ object }) => object),
    rules,
  );
}

async function readRules(file: string): Promise<HealthRules> {
  const text = await readText('--customizations', file);
  const manifest = parseManifests(text, file).find(({ object }) => isCustomizationDocument(object));
  if (manifest === undefined) {
    const allowed = 'a file with a ConfigMap named argocd-cm';
    throw new Fault('config.bad_argument', { argument: '--customizations', found: file, allowed });
  }
  const scripts = async () => (await import('../../lib/adapters/lua/open-lua.ts')).openLua(Date.now);
  const { customizations, faults, ignored } = readCustomizations(manifest, text);
  const wrong = [...faults, ...(await checkScripts(customizations, manifest.origin, { scripts }))];
  if (wrong.length > 0) throw collectFaults(wrong);
  for (const { message } of ignored) say(`warning: ${message}`);
  return healthRules(customizations, { scripts });
}

async function readText(argument: string, file: string): Promise<string> {
  return readFile(file === '-' ? '/dev/stdin' : file, 'utf8').catch((cause: unknown) => {
    throw new Fault('config.bad_argument', { argument, found: file, allowed: 'a file that can be read' }, { cause });
  });
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
