/** Finds and reads the kustomization file of a folder. */
import { Fault } from '../fault/fault.ts';
import { decodeText } from '../yaml/decode-text.ts';
import { type FieldPath, lineInDocument } from '../yaml/line-of.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { kustomizationNames } from './detect-tool.ts';
import { inFolder } from './repository-path.ts';
import type { PlainFiles } from './resolve-links.ts';

export type Kustomization = {
  file: string;
  value: Record<string, unknown>;
  lineOf: (path: FieldPath) => number;
};

/** undefined when the folder has none. `faults` when it has one that cannot be read. */
export function readKustomization(
  files: PlainFiles,
  folder: string,
): { kustomization?: Kustomization; faults: Fault[] } | undefined {
  const file = kustomizationNames.map((name) => inFolder(folder, name)).find((path) => files.has(path));
  const bytes = file === undefined ? undefined : files.get(file)?.bytes;
  if (file === undefined || bytes === undefined) return undefined;
  const text = decodeText(bytes);
  if (text === null) return { faults: [invalid(file, 'it is neither UTF-8 nor UTF-16 text')] };
  const { documents, faults } = readYaml(text, file);
  const [document, second] = documents;
  if (faults.length > 0) return { faults };
  if (document === undefined) return { faults: [invalid(file, 'it is empty')] };
  if (second !== undefined || !isRecord(document.value)) return { faults: [invalid(file, 'it must be one mapping')] };
  const { value, node } = document;
  return { kustomization: { file, value, lineOf: (path) => lineInDocument(document, node, path) }, faults: [] };
}

function invalid(file: string, because: string): Fault {
  return new Fault('render.yaml_invalid', { file, line: 1, because });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
