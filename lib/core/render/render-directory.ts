/** Renders a folder of plain manifests, with Argo CD's rules on which files count. */
import type { DirectorySource } from '../application/application.ts';
import { collectFaults } from '../fault/collect-faults.ts';
import { Fault } from '../fault/fault.ts';
import type { Manifest } from '../object/manifest.ts';
import { hasMoreDocuments } from '../yaml/split-documents.ts';
import { matchesGlob } from './glob.ts';
import { type ManifestFile, readManifestFile } from './read-manifest-file.ts';
import { isWithin, relativeTo } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

export type DirectoryRequest = {
  files: PlainFiles;
  path: string;
  directory: DirectorySource;
  maxBytes: number;
  maxObjects: number;
};

/** In the order of paths. A folder without manifests gives none. Faults: those of parseManifests, render.too_large. */
export function renderDirectory(request: DirectoryRequest): { manifests: Manifest[]; warnings: string[] } {
  const manifests: Manifest[] = [];
  const warnings: string[] = [];
  const faults: Fault[] = [];
  let bytes = 0;
  for (const file of chosenFiles(request)) {
    const content = request.files.get(file)?.bytes ?? new Uint8Array();
    bytes += content.length;
    if (bytes > request.maxBytes) throw tooLarge(request, request.maxBytes, 'bytes of manifests');
    if (hasMoreDocuments(content, request.maxObjects)) throw tooLarge(request, request.maxObjects, 'objects');
    const read = file.endsWith('.jsonnet') ? jsonnet(file) : readManifestFile(file, content);
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

function jsonnet(file: string): ManifestFile {
  const instead = 'Commit what it renders to, or leave it out with spec.source.directory.exclude.';
  const fault = new Fault('render.refused', { file, line: 1, what: 'Jsonnet', instead });
  return { manifests: [], faults: [fault], warnings: [] };
}

function tooLarge({ path }: DirectoryRequest, limit: number, what: string): Fault {
  return new Fault('render.too_large', { path, limit, what });
}
