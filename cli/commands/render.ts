/** `trueup render DIR`: the manifests of a folder, as a sync would have them. Needs no configuration and no cluster. */
import type { Command } from 'commander';
import { dump } from 'js-yaml';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { type OutputOptions, outputOption } from '../options.ts';
import { print, say } from '../print.ts';

type Options = OutputOptions & { name: string; namespace: string; kubeVersion: string };

export function render(program: Command): void {
  program
    .command('render')
    .description('Print the manifests of a folder: plain YAML, Kustomize or Helm, whichever it is.')
    .argument('<folder>')
    .option('--name <name>', 'name of the Application; the Helm release', 'app')
    .option('--namespace <namespace>', 'namespace of the destination', 'default')
    .option('--kube-version <version>', 'what charts see as the version of the cluster', 'v1.36.0')
    .addOption(outputOption())
    .action(async (folder: string, options: Options) => {
      const { renderFolder } = await import('../render-folder.ts');
      const { manifests, warnings } = await renderFolder(folder, options);
      for (const warning of warnings) say(`warning: ${warning}`);
      print(
        options,
        manifests.map(({ object }) => object),
        formatManifests,
      );
    });
}

function formatManifests(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => dump(object, { noRefs: true, lineWidth: -1 })).join('---\n');
}
