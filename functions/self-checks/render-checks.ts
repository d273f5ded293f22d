/** Renders the smallest kustomization and the smallest chart there are, with the programs that render all others. */
import type { SourceFiles } from '../../lib/core/render/source-files.ts';
import type { Renderer } from '../../lib/ports/renderer.ts';
import type { SelfCheck } from '../self-test.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: self-test}\n';
const trees = {
  Kustomize: { 'kustomization.yaml': 'resources: [self-test.yaml]\n', 'self-test.yaml': configMap },
  Helm: {
    'Chart.yaml': 'apiVersion: v2\nname: self-test\nversion: 0.0.1\n',
    'templates/self-test.yaml': configMap,
  },
};

export function renders({ renderer }: { renderer: Renderer }): SelfCheck[] {
  return Object.entries(trees).map(([tool, tree]) => ({
    check: `renders with ${tool}`,
    attempt: () =>
      renderer.render({
        files: filesOf(tree),
        source: { repoURL: 'https://trueup-self-test.invalid/none', targetRevision: 'HEAD', path: '.' },
        application: 'trueup-self-test',
        namespace: 'default',
        revision: '0'.repeat(40),
        cluster: { kubeVersion: 'v1.36.0', apiVersions: ['v1'] },
        everDeployed: false,
      }),
  }));
}

function filesOf(tree: Readonly<Record<string, string>>): SourceFiles {
  const encoder = new TextEncoder();
  return new Map(
    Object.entries(tree).map(([path, text]) => [
      path,
      { kind: 'file', bytes: encoder.encode(text), executable: false },
    ]),
  );
}
