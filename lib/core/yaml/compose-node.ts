/** Turns the text of one YAML document into nodes that know where they stand. */
import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { YamlError, type YamlNode } from './yaml-node.ts';

/** Deeper than any manifest (a CustomResourceDefinition reaches about 60), shallow enough for our recursion. */
const maxDepth = 500;

type Container = Extract<YamlNode, { kind: 'sequence' | 'mapping' }>;
type Open = { node: Container; key: YamlNode | null };
type NodeEvent = Exclude<Event, { type: typeof EVENT_ID.DOCUMENT | typeof EVENT_ID.POP }>;

/** null when there is nothing but comments. Throws YamlError. */
export function composeNode(text: string): YamlNode | null {
  const anchors = new Map<string, YamlNode>();
  const open: (Open | null)[] = [];
  let root: YamlNode | null = null;
  let documents = 0;
  let last = 0;
  for (const event of eventsOf(text)) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      documents += 1;
      open.push(null);
      continue;
    }
    last = Math.max(last, startOf(event));
    if (documents > 1)
      throw new YamlError('content follows the end of the document (`...`); separate with `---`', last);
    const node = nodeOf(event, text, last, anchors);
    root ??= node;
    place(node, open.at(-1) ?? null);
    if (node.kind === 'sequence' || node.kind === 'mapping') open.push({ node, key: null });
  }
  return root;
}

function eventsOf(text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new YamlError(error.reason, error.mark?.position ?? 0);
  }
}

function startOf(event: NodeEvent): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : event.start;
}

function nodeOf(event: NodeEvent, text: string, last: number, anchors: Map<string, YamlNode>): YamlNode {
  if (event.type === EVENT_ID.ALIAS) {
    const name = text.slice(event.anchorStart, event.anchorEnd);
    const to = anchors.get(name);
    if (to === undefined) throw new YamlError(`the alias *${name} has no anchor &${name} before it`, last);
    return { kind: 'alias', at: last, name, to };
  }
  const node = anchored(event, text, last);
  if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
  return node;
}

function anchored(event: Exclude<NodeEvent, { type: typeof EVENT_ID.ALIAS }>, text: string, last: number): YamlNode {
  if (event.type === EVENT_ID.SEQUENCE) return { kind: 'sequence', at: event.start, items: [] };
  if (event.type === EVENT_ID.MAPPING) return { kind: 'mapping', at: event.start, pairs: [] };
  return {
    kind: 'scalar',
    at: event.valueStart >= 0 ? event.valueStart : last,
    text: getScalarValue(text, event),
    plain: event.style === SCALAR_STYLE.PLAIN,
    tag: event.tagStart >= 0 ? text.slice(event.tagStart, event.tagEnd) : '',
  };
}

function place(node: YamlNode, parent: Open | null): void {
  if (parent === null) return;
  if (parent.node.kind === 'sequence') {
    parent.node.items.push(node);
  } else if (parent.key === null) {
    parent.key = node;
  } else {
    parent.node.pairs.push({ key: parent.key, value: node });
    parent.key = null;
  }
}
