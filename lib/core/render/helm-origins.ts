/** Says which file of the repository each object that Helm printed comes from, and leaves out the chart's tests. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Manifest } from '../object/manifest.ts';
import type { Chart } from './read-chart.ts';
import { inFolder } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

export type ChartPlace = { files: PlainFiles; path: string; chart: Chart };

/** `sources`: what helm wrote as `# Source:`, by the line of its output. A template has no line for an object: 0. */
export function helmOrigins(printed: readonly Manifest[], sources: HelmSources, place: ChartPlace): Manifest[] {
  return printed
    .filter(({ object }) => !isTest(object))
    .map(({ object, origin }) => ({ object, origin: { file: chartFile(sources(origin.line), place), line: 0 } }));
}

/** The chart-relative file that this line of the output comes from; empty where helm does not say. */
export type HelmSources = (line: number) => string;

export function helmSources(output: string): HelmSources {
  const marks = output.split('\n').flatMap((text, index) => {
    const file = /^# Source: (.+)$/.exec(text)?.[1];
    return file === undefined ? [] : [{ file, line: index + 1 }];
  });
  return (line) => marks[countUpTo(marks, line) - 1]?.file ?? '';
}

/**
 * Helm names files by the chart's name first (`shop/charts/db/templates/x.yaml`), whatever its folder is called.
 * A file inside an archive is named by the archive, one of a linked chart by where it really lies.
 */
export function chartFile(written: string, { files, path, chart }: ChartPlace): string {
  const below = written.startsWith(`${chart.name}/`) ? written.slice(chart.name.length + 1) : written;
  const file = inFolder(path, below);
  if (files.has(file)) return file;
  const [, dependency = '', inside = ''] = /^charts\/([^/]+)\/(.*)$/.exec(below) ?? [];
  const linked = chart.linked.find(({ name }) => name === dependency);
  if (linked !== undefined) return inFolder(linked.folder, inside);
  const archive = inFolder(path, `charts/${dependency}-`);
  const found = dependency === '' ? undefined : [...files.keys()].find((name) => name.startsWith(archive));
  return found ?? inFolder(path, 'Chart.yaml');
}

/** Helm's rule; where Argo CD's own hook annotation stands beside it, that one counts. */
function isTest({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  if (annotations['argocd.argoproj.io/hook'] !== undefined) return false;
  const hooks = (annotations['helm.sh/hook'] ?? '').split(',').map((hook) => hook.trim());
  return hooks.some((hook) => hook === 'test' || hook === 'test-success' || hook === 'test-failure');
}

function countUpTo(marks: readonly { line: number }[], line: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return low;
}
