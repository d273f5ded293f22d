/** `trueup orphans [PROJECT]`: what stands beside the Applications in their namespaces and belongs to none. Looks on demand, changes nothing. */
import type { Command } from 'commander';
import { formatKey } from '../../lib/core/object/object-key.ts';
import type { Orphans } from '../../lib/flow/find-orphans.ts';
import { type ConfigOptions, configOption, type OutputOptions, outputOption } from '../options.ts';
import { print } from '../print.ts';
import { withFleet } from '../with-ports.ts';

export function orphans(program: Command): void {
  program
    .command('orphans')
    .description('Show objects that belong to no Application, in the namespaces of projects with orphanedResources.')
    .argument('[project...]')
    .addOption(configOption())
    .addOption(outputOption())
    .action(async (projects: string[], options: ConfigOptions & OutputOptions) => {
      const { findOrphans } = await import('../../lib/flow/find-orphans.ts');
      await withFleet(options, async (ports) => print(options, await findOrphans(projects, ports), formatAll));
    });
}

function formatAll(found: readonly Orphans[]): string {
  if (found.length === 0) return 'No project asks for it: set spec.orphanedResources of an AppProject.';
  return found.map(format).join('\n');
}

function format({ project, cluster, namespace, objects }: Orphans): string {
  const heading = `${namespace} of ${cluster} (${project}): ${objects.length} belong to no Application.`;
  return [heading, ...objects.map((key) => `? ${formatKey(key)}`)].join('\n');
}
