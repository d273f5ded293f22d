/** Globs as Argo CD has them (gobwas): without a separator, as in `directory.include`, `*` also crosses `/`. */

/** `except`: the one character that it does not stand for; empty: it stands for all of them. */
type Token =
  | { kind: 'any'; except: string }
  | { kind: 'one'; except: string }
  | { kind: 'literal'; char: string }
  | Class;
type Class = { kind: 'class'; negated: boolean; ranges: [string, string][] };

/** More alternatives than this are no glob a person wrote. */
const maxAlternatives = 500;

/**
 * Knows `*`, `**`, `?`, `[a-z]`, `[!a]`, `{a,b}` (nested too) and `\` before a special character. With a separator
 * `*` and `?` stop at it, and only `**` crosses it.
 */
export function matchesGlob(pattern: string, text: string, separator = ''): boolean {
  return expand(pattern).some((alternative) => matches(tokensOf(alternative, separator), [...text]));
}

/** Why this is no glob; null when it is one. */
export function globProblem(pattern: string): string | null {
  let braces = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if (char === '[') {
      const close = pattern.indexOf(']', at + 2);
      if (close < 0) return 'a [ is not closed';
      at = close;
    } else if (char === '{') braces += 1;
    else if (char === '}' && --braces < 0) return 'a } has no {';
  }
  if (braces > 0) return 'a { is not closed';
  return countAlternatives(pattern) > maxAlternatives ? `it has more than ${maxAlternatives} alternatives` : null;
}

/** Each `{a,b}` becomes one pattern per alternative. */
function expand(pattern: string): string[] {
  const group = firstGroup(pattern);
  if (group === null) return [pattern];
  const { before, alternatives, after } = group;
  return alternatives.flatMap((alternative) => expand(before + alternative + after));
}

/** An upper bound reached without building the patterns: `{a,b}{c,d}` is 4. */
function countAlternatives(pattern: string): number {
  const group = firstGroup(pattern);
  if (group === null) return 1;
  const inside = group.alternatives.reduce((sum, alternative) => sum + countAlternatives(alternative), 0);
  return inside > maxAlternatives ? inside : inside * countAlternatives(group.after);
}

function firstGroup(pattern: string): { before: string; alternatives: string[]; after: string } | null {
  let depth = 0;
  let open = -1;
  let from = 0;
  const alternatives: string[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at += 1;
    else if (char === '{' && depth++ === 0) {
      open = at;
      from = at + 1;
    } else if (depth === 1 && (char === ',' || char === '}')) {
      alternatives.push(pattern.slice(from, at));
      from = at + 1;
      if (char === '}') return { before: pattern.slice(0, open), alternatives, after: pattern.slice(from) };
    } else if (char === '}') depth -= 1;
  }
  return null;
}

function tokensOf(pattern: string, separator: string): Token[] {
  const tokens: Token[] = [];
  const chars = [...pattern];
  for (let at = 0; at < chars.length; ) {
    const { token, length } = nextToken(chars, at, separator);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function nextToken(chars: readonly string[], at: number, separator: string): { token: Token; length: number } {
  const char = chars[at] ?? '';
  if (char === '*') {
    const end = chars.findIndex((other, index) => index > at && other !== '*');
    const length = (end < 0 ? chars.length : end) - at;
    return { token: { kind: 'any', except: length > 1 ? '' : separator }, length };
  }
  if (char === '?') return { token: { kind: 'one', except: separator }, length: 1 };
  const close = char === '[' ? chars.indexOf(']', at + 2) : -1;
  if (close > 0) return { token: classOf(chars.slice(at + 1, close)), length: close + 1 - at };
  if (char === '\\') return { token: { kind: 'literal', char: chars[at + 1] ?? '' }, length: 2 };
  return { token: { kind: 'literal', char }, length: 1 };
}

function classOf(chars: readonly string[]): Class {
  const negated = chars[0] === '!' || chars[0] === '^';
  const members = negated ? chars.slice(1) : chars;
  const ranges: [string, string][] = [];
  for (let at = 0; at < members.length; at++) {
    const low = members[at] ?? '';
    const high = members[at + 1] === '-' ? members[at + 2] : undefined;
    ranges.push([low, high ?? low]);
    if (high !== undefined) at += 2;
  }
  return { kind: 'class', negated, ranges };
}

/** All positions of the pattern at once, so no pattern takes longer than its length times the text's. */
function matches(tokens: readonly Token[], text: readonly string[]): boolean {
  let states = new Set(closure(tokens, 0));
  for (const char of text) {
    const next = new Set<number>();
    for (const state of states) {
      const token = tokens[state];
      if (token === undefined || !accepts(token, char)) continue;
      for (const reached of closure(tokens, token.kind === 'any' ? state : state + 1)) next.add(reached);
    }
    states = next;
  }
  return states.has(tokens.length);
}

function closure(tokens: readonly Token[], from: number): number[] {
  return tokens[from]?.kind === 'any' ? [from, from + 1] : [from];
}

function accepts(token: Token, char: string): boolean {
  if (token.kind === 'literal') return token.char === char;
  if (token.kind !== 'class') return token.except !== char;
  return token.ranges.some(([low, high]) => low <= char && char <= high) !== token.negated;
}
