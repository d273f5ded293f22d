/** Follows a kustomization through the repository: what it reads, and what in it is refused. */
import { Fault } from '../fault/fault.ts';
import { decodeText } from '../yaml/decode-text.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { kustomizationNames } from './detect-tool.ts';
import { kustomizeReferences, type Reference } from './kustomize-references.ts';
import { type Kustomization, readKustomization } from './read-kustomization.ts';
import { inFolder, isFolder, listFolder, resolvePath } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

export type Followed = { reads: string[]; faults: Fault[] };
type Walk = { files: PlainFiles; reads: Set<string>; faults: Fault[] };
type From = { kustomization: Kustomization; folder: string; reference: Reference };

/**
 * `reads` is `.` where a builtin plugin is configured: what its settings name cannot be told from outside.
 * Faults: render.refused (remote bases, plugins, Helm charts, paths out of the repository), render.file_missing.
 */
export function followKustomization(files: PlainFiles, folder: string): Followed {
  const walk: Walk = { files, reads: new Set(), faults: [] };
  if (!visit(folder, walk)) {
    walk.faults.push(
      missing({ file: inFolder(folder, kustomizationNames[0]), line: 1 }, 'kustomization file', folder, files),
    );
  }
  return { reads: walk.reads.has('.') ? ['.'] : [...walk.reads].sort(), faults: walk.faults };
}

/** False when the folder has no kustomization. */
function visit(folder: string, walk: Walk): boolean {
  const names = kustomizationNames.map((name) => inFolder(folder, name));
  if (names.some((name) => walk.reads.has(name))) return true;
  for (const name of names) walk.reads.add(name);
  const read = readKustomization(walk.files, folder);
  if (read === undefined) return false;
  walk.faults.push(...read.faults);
  const { kustomization } = read;
  if (kustomization === undefined) return true;
  refuseHelm(kustomization, walk);
  for (const reference of kustomizeReferences(kustomization)) follow({ kustomization, folder, reference }, walk);
  return true;
}

function follow(from: From, walk: Walk): void {
  const { folder, reference } = from;
  const { target, kind } = reference;
  if (isInline(target)) {
    if (kind === 'plugin') checkPlugin(target, from, walk);
    return;
  }
  const path = target.startsWith('/') ? null : resolvePath(folder, target);
  if (path !== null && walk.files.has(path)) {
    walk.reads.add(path);
    if (kind === 'plugin') checkPlugin(decodeText(walk.files.get(path)?.bytes ?? new Uint8Array()) ?? '', from, walk);
  } else if (isRemote(target)) {
    refuse(
      from,
      walk,
      `the remote base ${target}`,
      'Copy it into the repository and name it by path: rendering has no network.',
    );
  } else if (path === null) {
    refuse(
      from,
      walk,
      `the path ${target}, which leads out of the repository,`,
      'Refer to files of this repository by relative path.',
    );
  } else if (kind === 'file' || !isFolder(walk.files, path) || !visit(path, walk)) {
    const what = kind !== 'file' && isFolder(walk.files, path) ? `kustomization file in ${path}` : path;
    walk.reads.add(path);
    walk.faults.push(missing(placeOf(from), what, parentOf(path), walk.files));
  }
}

/** Plugins that are programs are refused; the settings of a builtin one may name further files. */
function checkPlugin(text: string, from: From, walk: Walk): void {
  walk.reads.add('.');
  for (const { value } of readYaml(text, from.kustomization.file).documents) {
    const { apiVersion, kind, metadata } = fields(value);
    const annotations = fields(fields(metadata).annotations);
    const isProgram = Object.keys(annotations).some((key) => key.startsWith('config.kubernetes.io/function'));
    if (isProgram || apiVersion !== 'builtin') {
      refuse(
        from,
        walk,
        `the Kustomize plugin ${String(kind)}`,
        'Commit what it generates: plugins run programs of their own.',
      );
    }
  }
}

function refuseHelm({ file, value, lineOf }: Kustomization, walk: Walk): void {
  for (const field of ['helmCharts', 'helmChartInflationGenerator']) {
    if (value[field] === undefined) continue;
    const instead = 'Deploy the chart with an Application of its own, or commit what `helm template` prints.';
    walk.faults.push(
      new Fault('render.refused', { file, line: lineOf([field]), what: `${field} in Kustomize`, instead }),
    );
  }
}

function refuse(from: From, walk: Walk, what: string, instead: string): void {
  walk.faults.push(new Fault('render.refused', { ...placeOf(from), what, instead }));
}

function placeOf({ kustomization, reference }: From): { file: string; line: number } {
  return { file: kustomization.file, line: kustomization.lineOf(reference.at) };
}

function missing(place: { file: string; line: number }, what: string, folder: string, files: PlainFiles): Fault {
  const known = listFolder(files, folder).slice(0, 30).join(', ') || 'nothing';
  return new Fault('render.file_missing', { ...place, missing: what, known });
}

/** Patches and plugins may be written in place. */
function isInline(target: string): boolean {
  return target.includes('\n') || /^\s*[{[]/.test(target) || /^[\w.-]+:\s/.test(target);
}

/** What Kustomize would take for a URL or a repository to clone (its `repospec` and `loader`). */
function isRemote(target: string): boolean {
  return (
    /^(git::|[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+[:/])/i.test(target) ||
    /^(www\.)?(github|gitlab|bitbucket)\.[a-z]+[:/]/i.test(target) ||
    /[?&](ref|version|timeout|submodules)=/.test(target) ||
    target.includes('/_git/')
  );
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
