/** Finds what a Helm render of one chart needs: value files, files of parameters, dependencies. Nothing is run. */
import type { HelmSource, Source } from '../application/application.ts';
import { Fault } from '../fault/fault.ts';
import { decodeText } from '../yaml/decode-text.ts';
import { lineInDocument } from '../yaml/line-of.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { inFolder, isFolder, listFolder, resolvePath } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

/** `linked`: folders of the repository that Chart.yaml names as `file://` and charts/ does not hold, by dependency name. */
export type Chart = {
  name: string;
  valueFiles: string[];
  parameterFiles: { name: string; path: string }[];
  linked: { name: string; folder: string }[];
  reads: string[];
};

/**
 * `settings` is the Application's `helm` block with its variables filled in.
 * Faults: render.file_missing, render.value_file_missing, render.dependency_missing, render.refused, render.yaml_invalid.
 */
export function readChart(files: PlainFiles, source: Source, settings: HelmSource): { chart: Chart; faults: Fault[] } {
  const faults: Fault[] = [];
  const { name, linked } = readDescription(files, source.path, faults);
  const parameterFiles = (settings.fileParameters ?? []).flatMap(({ name, path }) => {
    const found = locate(files, source, { path, field: `fileParameters[${name}]`, optional: false }, faults);
    return found.present ? [{ name, path: found.path }] : [];
  });
  const optional = settings.ignoreMissingValueFiles === true;
  const located = (settings.valueFiles ?? []).map((path, index) =>
    locate(files, source, { path, field: `valueFiles[${index}]`, optional }, faults),
  );
  const looked = [...located, ...parameterFiles].map(({ path }) => path);
  const reads = [...new Set([source.path, ...linked.map(({ folder }) => folder), ...looked])].sort();
  const valueFiles = located.filter(({ present }) => present).map(({ path }) => path);
  return { chart: { name, valueFiles, parameterFiles, linked, reads }, faults };
}

function readDescription(files: PlainFiles, folder: string, faults: Fault[]): Pick<Chart, 'name' | 'linked'> {
  const file = inFolder(folder, 'Chart.yaml');
  const bytes = files.get(file)?.bytes;
  if (bytes === undefined) {
    const known = listFolder(files, folder).slice(0, 30).join(', ') || 'nothing';
    faults.push(new Fault('render.file_missing', { file, line: 1, missing: `Chart.yaml in ${folder}`, known }));
    return { name: '', linked: [] };
  }
  const read = readYaml(decodeText(bytes) ?? '', file);
  faults.push(...read.faults);
  const [document] = read.documents;
  if (document === undefined) return { name: '', linked: [] };
  const { name, dependencies } = fields(document.value);
  const linked = list(dependencies).flatMap((entry, index) => {
    const line = lineInDocument(document, document.node, ['dependencies', index]);
    return missingDependency(fields(entry), { files, folder, file, line }, faults);
  });
  return { name: String(name), linked };
}

type Place = { files: PlainFiles; folder: string; file: string; line: number };

/** A dependency is there as a folder or an archive in charts/, or as another folder of this repository. */
function missingDependency(entry: Record<string, unknown>, place: Place, faults: Fault[]): Chart['linked'] {
  const { files, folder, file, line } = place;
  const name = String(entry.name);
  const repository = String(entry.repository ?? '');
  const charts = inFolder(folder, 'charts');
  const isVendored = listFolder(files, charts).some(
    (entry) => entry === `${name}/` || (entry.startsWith(`${name}-`) && entry.endsWith('.tgz')),
  );
  if (isVendored) return [];
  const target = repository.startsWith('file://') ? resolvePath(folder, repository.slice('file://'.length)) : null;
  if (target !== null && target !== folder && files.has(inFolder(target, 'Chart.yaml')))
    return [{ name, folder: target }];
  const dependency = repository === '' ? name : `${name} (${repository})`;
  faults.push(new Fault('render.dependency_missing', { file, line, dependency, path: folder }));
  return [];
}

type Wanted = { path: string; field: string; optional: boolean };

function locate(
  files: PlainFiles,
  source: Source,
  wanted: Wanted,
  faults: Fault[],
): { path: string; present: boolean } {
  const where = `spec.source.helm.${wanted.field}`;
  const path = resolvePath(source.path, wanted.path);
  if (path === null || /^[a-z][a-z0-9+.-]*:\/\//i.test(wanted.path)) {
    const what = path === null ? `${wanted.path}, which leads out of the repository,` : `the URL ${wanted.path}`;
    const instead = `Name a file of the repository in ${where}.`;
    faults.push(new Fault('render.refused', { file: where, line: 0, what, instead }));
    return { path: source.path, present: false };
  }
  const present = files.has(path);
  if (!present && !wanted.optional) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    const known = isFolder(files, folder) ? listFolder(files, folder).slice(0, 30).join(', ') : 'nothing';
    faults.push(new Fault('render.value_file_missing', { missing: path, field: where, known }));
  }
  return { path, present };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
