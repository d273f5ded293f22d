/** Reads YAML or JSON as kubectl does, document by document, with the line of everything and every problem at once. */
import { Fault } from '../fault/fault.ts';
import { composeNode } from './compose-node.ts';
import { nodeValue } from './node-value.ts';
import { splitDocuments } from './split-documents.ts';
import { YamlError, type YamlNode } from './yaml-node.ts';

/** `line`: the first line of its content. `lineAt(node)`: the line on which a node of it begins. All are 1-based. */
export type YamlDocument = { value: unknown; node: YamlNode; line: number; lineAt: (node: { at: number }) => number };

/** Documents without content are left out. Faults: render.yaml_invalid, render.duplicate_key. */
export function readYaml(stream: string, file: string): { documents: YamlDocument[]; faults: Fault[] } {
  const documents: YamlDocument[] = [];
  const faults: Fault[] = [];
  for (const { text, line, problem } of splitDocuments(stream.replace(/^\uFEFF/, ''))) {
    const lineAt = lineFinder(text, line);
    const report = (error: YamlError) => faults.push(toFault(error, file, lineAt(error)));
    if (problem !== undefined) report(new YamlError(problem, 0));
    else readDocument(text, { documents, lineAt, report });
  }
  return { documents, faults };
}

type Reading = {
  documents: YamlDocument[];
  lineAt: YamlDocument['lineAt'];
  report: (error: YamlError) => void;
};

function readDocument(text: string, { documents, lineAt, report }: Reading): void {
  try {
    const node = composeNode(isJson(text) ? tabsToSpaces(text) : text);
    if (node === null) return;
    const { value, problems } = nodeValue(node);
    problems.forEach(report);
    if (problems.length === 0 && value !== null) documents.push({ value, node, line: lineAt(node), lineAt });
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    report(error);
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text) || !text.includes('\t')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON may be indented with tabs, YAML may not. A tab inside a JSON string is always written `\t`, so none is lost. */
function tabsToSpaces(json: string): string {
  return json.replaceAll('\t', ' ');
}

function toFault(error: YamlError, file: string, line: number): Fault {
  if (error.key !== undefined) return new Fault('render.duplicate_key', { file, line, key: error.key });
  return new Fault('render.yaml_invalid', { file, line, because: error.message });
}

/** A text with many nodes is asked often: the starts of its lines are found once. */
function lineFinder(text: string, firstLine: number): YamlDocument['lineAt'] {
  let starts: number[] | undefined;
  return ({ at }) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return firstLine + low;
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
