/** The JSON value of a YAML node, with merge keys and aliases carried out as kubectl does. */
import { resolveScalar } from './resolve-scalar.ts';
import { YamlError, type YamlNode, type YamlPair } from './yaml-node.ts';

/** What all aliases of one document together may unfold to: far above any manifest, far below a bomb. */
const maxUnfolded = 100_000;

type Unfolding = { inAlias: number; unfolded: number; within: Set<YamlNode>; problems: YamlError[] };
type Target = { value: Record<string, unknown>; written: Set<string> };

/** `problems`: keys that stand twice, all of them. Throws YamlError for what leaves no value. */
export function nodeValue(node: YamlNode): { value: unknown; problems: YamlError[] } {
  const state: Unfolding = { inAlias: 0, unfolded: 0, within: new Set(), problems: [] };
  return { value: unfold(node, state), problems: state.problems };
}

function unfold(node: YamlNode, state: Unfolding): unknown {
  if (state.inAlias > 0 && ++state.unfolded > maxUnfolded) {
    throw new YamlError(`its aliases unfold to more than ${maxUnfolded} values`, node.at);
  }
  switch (node.kind) {
    case 'alias':
      return throughAlias(node, state, (to) => unfold(to, state));
    case 'scalar':
      return scalarValue(node);
    case 'sequence':
      return node.items.map((item) => unfold(item, state));
    case 'mapping': {
      const target: Target = { value: {}, written: new Set() };
      addPairs(node.pairs, target, state);
      return target.value;
    }
  }
}

function throughAlias<T>(node: Extract<YamlNode, { kind: 'alias' }>, state: Unfolding, use: (to: YamlNode) => T): T {
  if (state.within.has(node.to)) throw new YamlError(`the anchor &${node.name} contains itself`, node.at);
  state.within.add(node.to);
  state.inAlias += 1;
  const result = use(node.to);
  state.inAlias -= 1;
  state.within.delete(node.to);
  return result;
}

function scalarValue(node: Extract<YamlNode, { kind: 'scalar' }>): unknown {
  const { value, problem } = resolveScalar(node.text, node);
  if (problem !== undefined) throw new YamlError(problem, node.at);
  return value;
}

/** In the order of writing: go-yaml v2 lets a merge overwrite the keys above it, against the letter of YAML. */
function addPairs(pairs: readonly YamlPair[], target: Target, state: Unfolding): void {
  for (const { key, value } of pairs) {
    if (isMerge(key)) {
      merge(value, target, state);
      continue;
    }
    const name = keyName(key, state);
    if (target.written.has(name)) state.problems.push(new YamlError(`the key ${name} stands twice`, key.at, name));
    target.written.add(name);
    target.value[name] = unfold(value, state);
  }
}

function isMerge(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.text === '<<' && (key.plain ? key.tag === '' || key.tag === '!!merge' : false);
}

function merge(from: YamlNode, target: Target, state: Unfolding): void {
  if (from.kind === 'alias') {
    throughAlias(from, state, (to) => merge(to, target, state));
  } else if (from.kind === 'mapping') {
    addPairs(from.pairs, { value: target.value, written: new Set() }, state);
  } else if (from.kind === 'sequence') {
    for (const item of from.items.toReversed()) {
      if (item.kind === 'sequence' || (item.kind === 'alias' && item.to.kind === 'sequence')) throw noMapping(item);
      merge(item, target, state);
    }
  } else {
    throw noMapping(from);
  }
}

function noMapping(node: YamlNode): YamlError {
  return new YamlError('a merge (`<<`) takes a mapping or a list of mappings', node.at);
}

function keyName(key: YamlNode, state: Unfolding): string {
  const name = unfold(key, state);
  if (name === '__proto__') throw new YamlError('a key cannot be called __proto__', key.at);
  if (typeof name === 'string') return name;
  if (typeof name === 'number' || typeof name === 'boolean') return String(name);
  throw new YamlError(name === null ? 'a key is empty' : 'a key must be text, not a list or mapping', key.at);
}
