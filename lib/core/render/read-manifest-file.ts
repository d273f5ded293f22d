/** Reads one file of a folder of manifests, or decides that it is somebody else's. */
import { Fault } from '../fault/fault.ts';
import type { Manifest } from '../object/manifest.ts';
import { decodeText } from '../yaml/decode-text.ts';
import { readManifests } from './parse-manifests.ts';

export type ManifestFile = { manifests: Manifest[]; faults: Fault[]; warnings: string[] };

/** Argo CD's rules: a marker leaves a file out, and YAML that is no manifest and does not look like one is passed over. */
export function readManifestFile(file: string, bytes: Uint8Array): ManifestFile {
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

function looksLikeManifest(text: string): boolean {
  return ['apiVersion', 'kind', 'metadata'].every((field) => new RegExp(`\\b${field}"?\\s*:`).test(text));
}
