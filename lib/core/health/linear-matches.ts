/**
 * `matches()` of CEL by RE2, as CEL has it: it ends in a time that grows with the text alone. JavaScript's own expressions may
 * take longer than the universe is old for a text of thirty letters, and nothing could stop them here.
 */
import { type ASTNode, type Environment, serialize } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';
import { isRecord } from '../object/is-record.ts';

/** cel-js lets nobody put another function in the place of its own. */
const name = 'matchesInLinearTime';

export function registerLinearMatches(environment: Environment): void {
  environment.registerFunction(`string.${name}(string): bool`, (text: string, pattern: string) =>
    RE2JS.compile(pattern).matcher(text).find(),
  );
}

/** The same expression, asking RE2. Throws an Error for a pattern written in it that RE2 does not know. */
export function withLinearMatches(tree: ASTNode): string {
  for (const node of nodesIn(tree)) {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') continue;
    const [, , [pattern]] = node.args;
    if (pattern?.op === 'value') RE2JS.compile(String(pattern.args));
    node.args[0] = name;
  }
  return serialize(tree);
}

function nodesIn(value: unknown): ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value, ...nodesIn(value.args)] : [];
}

function isNode(value: unknown): value is ASTNode {
  return isRecord(value) && typeof value.op === 'string' && 'args' in value;
}
