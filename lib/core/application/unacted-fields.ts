/** Fields of Argo CD's Application that this version does not act on: those that would change the result are refused. */

/** `because` tells what to do instead; `path` is relative to `spec`. */
export type Unacted = { path: readonly string[]; because: string };

const helm = ['source', 'helm'];
const kustomize = ['source', 'kustomize'];
const inKustomization = 'Write it into the kustomization file of the repository.';

/** Without these something else would be deployed than was asked for. */
const refused: readonly Unacted[] = [
  { path: ['sourceHydrator'], because: 'Point source at the branch that holds the manifests.' },
  {
    path: ['source', 'chart'],
    because: 'Commit the chart, or a chart that depends on it with its charts/ folder, and name its path.',
  },
  { path: ['source', 'plugin'], because: 'Commit what the plugin generates.' },
  { path: ['source', 'ref'], because: 'Keep value files in the repository of the chart.' },
  { path: ['source', 'tagPrefix'], because: 'Name the tag in targetRevision.' },
  { path: ['source', 'directory', 'jsonnet'], because: 'Commit what Jsonnet renders to.' },
  ...[
    'patches',
    'components',
    'forceCommonLabels',
    'forceCommonAnnotations',
    'labelWithoutSelector',
    'labelIncludeTemplates',
    'commonAnnotationsEnvsubst',
    'ignoreMissingComponents',
  ].map((field) => ({ path: [...kustomize, field], because: inKustomization })),
];

/** These leave what is deployed as it is. */
const passedOver: readonly Unacted[] = [
  { path: ['info'], because: 'it is shown nowhere yet' },
  { path: ['source', 'name'], because: 'there is one source' },
  { path: ['syncPolicy', 'retry', 'refresh'], because: 'a newer commit always overtakes' },
  { path: [...helm, 'version'], because: 'one version of Helm is used' },
  { path: [...helm, 'passCredentials'], because: 'rendering has no network' },
  { path: [...helm, 'skipSchemaValidation'], because: 'values are always checked against the schema of the chart' },
  { path: [...kustomize, 'version'], because: 'one version of Kustomize is used' },
  { path: [...kustomize, 'kubeVersion'], because: 'it matters only to charts inflated by Kustomize' },
  { path: [...kustomize, 'apiVersions'], because: 'it matters only to charts inflated by Kustomize' },
];

/** Of what a spec sets. False, empty and null ask for nothing. */
export function findUnacted(spec: unknown): { refused: Unacted[]; passedOver: Unacted[] } {
  const isSet = ({ path }: Unacted) => asksForSomething(valueAt(spec, path));
  return { refused: refused.filter(isSet), passedOver: passedOver.filter(isSet) };
}

function asksForSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((here, part) => {
    return typeof here === 'object' && here !== null
      ? Object.entries(here).find(([key]) => key === part)?.[1]
      : undefined;
  }, value);
}
