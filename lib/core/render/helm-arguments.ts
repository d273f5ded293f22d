/** The command line of `helm template` for one Application, in the precedence of Argo CD. */
import type { HelmSource } from '../application/application.ts';
import type { Chart } from './read-chart.ts';

export type HelmRun = {
  settings: HelmSource;
  chart: Chart;
  /** Folder of the chart in the repository. */
  path: string;
  application: string;
  namespace: string;
  cluster: { kubeVersion: string; apiVersions: readonly string[] };
  everDeployed: boolean;
  /** Where the text of `values` or `valuesObject` was written; relative to the repository's root, as all paths here. */
  extraValues: string | null;
};

/** Precedence: parameters, then valuesObject or values, then value files (the last wins), then the chart. */
export function helmArguments({ settings, chart, ...run }: HelmRun): string[] {
  const apiVersions = settings.apiVersions ?? run.cluster.apiVersions;
  return [
    'template',
    settings.releaseName ?? run.application,
    here(run.path),
    ...flag('--namespace', settings.namespace ?? run.namespace),
    ...flag('--kube-version', settings.kubeVersion ?? run.cluster.kubeVersion),
    ...apiVersions.flatMap((version) => ['--api-versions', quoteItem(version)]),
    ...chart.valueFiles.flatMap((file) => ['--values', quoteItem(here(file))]),
    ...(run.extraValues === null ? [] : ['--values', run.extraValues]),
    ...(settings.parameters ?? []).flatMap(({ name, value, forceString }) => [
      forceString === true ? '--set-string' : '--set',
      `${name}=${escapeCommas(value)}`,
    ]),
    ...chart.parameterFiles.flatMap(({ name, path }) => ['--set-file', `${name}=${escapeCommas(here(path))}`]),
    ...(settings.skipCrds === true ? [] : ['--include-crds']),
    ...(settings.skipTests === true ? ['--skip-tests'] : []),
    ...(run.everDeployed ? ['--is-upgrade'] : []),
  ];
}

/** The text for `extraValues`; `valuesObject` stands in place of `values`, not beside it, as in Argo CD. */
export function extraValues(settings: HelmSource): string | null {
  if (settings.valuesObject !== undefined) return JSON.stringify(settings.valuesObject);
  return settings.values === undefined || settings.values === '' ? null : settings.values;
}

/** So that no path looks like a flag, a URL or the name of a chart repository. */
function here(path: string): string {
  return `./${path}`;
}

function flag(name: string, value: string): string[] {
  return value === '' ? [] : [name, value];
}

/** Helm reads these flags as lines of CSV. */
function quoteItem(item: string): string {
  return /[",\n]/.test(item) ? `"${item.replaceAll('"', '""')}"` : item;
}

/** A comma separates assignments in `--set`, unless escaped or within a `{list}`. */
function escapeCommas(value: string): string {
  return value.startsWith('{') && value.endsWith('}') ? value : value.replaceAll(/(?<!\\),/g, '\\,');
}
