/** Reads of a TypeScript file what the house rules judge: its imports, and its code without comments and strings. */

export type Code = { imports: string[]; named: { from: string; name: string }[]; bare: string };

export function readCode(text: string): Code {
  const uncommented = strip(text, { strings: false });
  const imports = [
    ...uncommented.matchAll(/\b(?:import|export)\b[^;'"`]*?\bfrom\s*(['"])(.+?)\1/g),
    ...uncommented.matchAll(/\bimport\s*\(?\s*(['"])(.+?)\1/g),
  ].map(([, , specifier = '']) => specifier);
  const clauses = uncommented.matchAll(/\bimport\s+(?!type\b)([^;'"]*?)\s+from\s+(['"])(.+?)\2/g);
  const named = [...clauses].flatMap(([, clause = '', , from = '']) => namesOf(clause).map((name) => ({ from, name })));
  return { imports, named, bare: strip(text, { strings: true }) };
}

/** Of `{ a, b as c, type D }`: a and b; of `* as e`: that. */
function namesOf(clause: string): string[] {
  return clause
    .replaceAll(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => (name.startsWith('*') ? name : name.split(/\s+as\s+/)[0]) ?? name);
}

/**
 * Comments, strings, regular expressions and the rest, in the order in which they would swallow each other. A slash
 * begins a regular expression where no value stands before it.
 */
const token =
  /(?<comment>\/\*[\s\S]*?\*\/|\/\/[^\n]*)|(?<string>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|(?<template>`(?:\\.|[^`\\])*`)|(?<regex>(?<=(?:^|[(,=:[!&|?{};>]|\breturn)\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*)/g;

function strip(text: string, { strings }: { strings: boolean }): string {
  return text.replaceAll(token, (whole, ...rest) => {
    const groups: Record<string, string | undefined> = rest.at(-1);
    if (groups.comment !== undefined) return ' ';
    if (!strings) return whole;
    // What stands in ${} of a template is code.
    if (groups.template !== undefined) return [...whole.matchAll(/\$\{([^}]*)\}/g)].map(([, code]) => code).join(' ');
    return "''";
  });
}
