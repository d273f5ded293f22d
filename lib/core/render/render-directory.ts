/** Renders a folder of plain manifests, with Argo CD's rules on which files count. */
import type { DirectorySource } from '../application/application.ts';
import { collectFaults } from '../fault/collect-faults.ts';
import { Fault } from '../fault/fault.ts';
import type { Manifest } from '../object/manifest.ts';
import { decodeText } from '../yaml/decode-text.ts';
import { matchesGlob } from './glob.ts';
import { readManifests } from './parse-manifests.ts';
import { isWithin, relativeTo } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

export type DirectoryRequest = { files: PlainFiles; path: string; directory: DirectorySource; maxBytes: number };

/** In the order of paths. A folder without manifests gives none. Faults: those of parseManifests, render.too_large. */
export function renderDirectory(request: DirectoryRequest): { manifests: Manifest[]; warnings: string[] } {
  const manifests: Manifest[] = [];
  const warnings: string[] = [];
  const faults: Fault[] = [];
  let bytes = 0;
  for (const file of chosenFiles(request)) {
    const content = request.files.get(file)?.bytes ?? new Uint8Array();
    bytes += content.length;
    if (bytes > request.maxBytes) throw tooLarge(request);
    const read = readFile(file, content);
    manifests.push(...read.manifests);
    faults.push(...read.faults);
    warnings.push(...read.warnings);
  }
  if (faults.length > 0) throw collectFaults(faults);
  return { manifests, warnings };
}

/** Argo CD: without `recurse` only the folder itself; exclude beats include; both match the path below the folder. */
function chosenFiles({ files, path, directory }: DirectoryRequest): string[] {
  const { recurse, include, exclude } = directory;
  return [...files.keys()]
    .filter((file) => {
      if (file === path || !isWithin(file, path) || !/\.(ya?ml|json|jsonnet)$/.test(file)) return false;
      const below = relativeTo(path, file);
      if (!recurse && below.includes('/')) return false;
      if (exclude !== '' && matchesGlob(exclude, below)) return false;
      return include === '' || matchesGlob(include, below);
    })
    .sort();
}

function readFile(file: string, bytes: Uint8Array): { manifests: Manifest[]; faults: Fault[]; warnings: string[] } {
  if (file.endsWith('.jsonnet')) return { manifests: [], faults: [jsonnet(file)], warnings: [] };
  const text = decodeText(bytes);
  if (text === null) {
    const because = 'it is neither UTF-8 nor UTF-16 text';
    return { manifests: [], faults: [new Fault('render.yaml_invalid', { file, line: 1, because })], warnings: [] };
  }
  if (/^\s*# \+argocd:skip-file-rendering/m.test(text)) return { manifests: [], faults: [], warnings: [] };
  const { manifests, faults } = readManifests(text, file);
  if (faults.length > 0 && manifests.length === 0 && !looksLikeManifest(text)) {
    return { manifests: [], faults: [], warnings: [`${file} was left out: it holds no Kubernetes object`] };
  }
  return { manifests, faults, warnings: [] };
}

/** Argo CD's rule: a file that has none of an object's three marks is somebody else's YAML. */
function looksLikeManifest(text: string): boolean {
  return ['apiVersion', 'kind', 'metadata'].every((field) => new RegExp(`\\b${field}"?\\s*:`).test(text));
}

function jsonnet(file: string): Fault {
  const instead = 'Commit what it renders to, or leave it out with spec.source.directory.exclude.';
  return new Fault('render.refused', { file, line: 1, what: 'Jsonnet', instead });
}

function tooLarge({ path, maxBytes }: DirectoryRequest): Fault {
  return new Fault('render.too_large', { path, limit: maxBytes, what: 'bytes of manifests' });
}
