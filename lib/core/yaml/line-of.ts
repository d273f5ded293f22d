/** Finds the line of a field in a YAML text, so that an error about `spec.selector` can be pointed at. */
import { readYaml, type YamlDocument } from './read-yaml.ts';
import type { YamlNode } from './yaml-node.ts';

export type FieldPath = readonly (string | number)[];

/** `documentLine` is `Origin.line`. A path that is not there gives the line of its nearest parent. */
export function lineOf(stream: string, documentLine: number, path: FieldPath): number {
  const { documents } = readYaml(stream, '');
  const document = documents.findLast(({ line }) => line <= documentLine);
  if (document === undefined) return documentLine;
  return lineInDocument(document, itemOn(document, documentLine), path);
}

/** The same within a document at hand; `from` is the node the path starts at. */
export function lineInDocument(document: YamlDocument, from: YamlNode, path: FieldPath): number {
  let here = from;
  let line = document.lineAt(from);
  for (const part of path) {
    const next = step(here, part);
    if (next === undefined) break;
    line = document.lineAt(next.at);
    here = next.node;
  }
  return line;
}

/** The item of a `List` that begins on this line, else the document itself. */
function itemOn(document: YamlDocument, line: number): YamlNode {
  const items = step(document.node, 'items')?.node;
  const item = items?.kind === 'sequence' ? items.items.find((node) => document.lineAt(node) === line) : undefined;
  return document.line === line || item === undefined ? document.node : item;
}

function step(node: YamlNode, part: string | number): { node: YamlNode; at: YamlNode } | undefined {
  if (node.kind === 'alias') return step(node.to, part);
  if (node.kind === 'sequence' && typeof part === 'number') {
    const item = node.items[part];
    return item && { node: item, at: item };
  }
  if (node.kind !== 'mapping') return undefined;
  const pair = node.pairs.find(({ key }) => key.kind === 'scalar' && key.text === String(part));
  return pair && { node: pair.value, at: pair.key };
}
