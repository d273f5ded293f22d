/** One thing that is wrong in `trueup.yaml`: where, what was found, what is allowed. */
import type * as z from 'zod';
import { configJsonSchema } from './config.ts';
import { nearestName } from './nearest-name.ts';

/** `path` as people write it: `gitHosts[0].webhookSecret`; empty for the document itself. */
export type Problem = { file: string; line: number; path: string; found: string; allowed: string };

type Path = readonly (string | number)[];
type Place = { file: string; value: unknown; lineOf: (path: Path) => number };
type Issue = z.core.$ZodIssue;

/** Zod's issue in our words. An unknown key is a problem of its own. */
export function toProblems(issue: Issue, { file, value, lineOf }: Place): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const at = (path: Path) => ({ file, line: lineOf(path), path: formatPath(path) });
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path, value);
    return issue.keys.map((key) => ({ ...at([...path, key]), found: 'unknown key', allowed: meant(key, known) }));
  }
  return [{ ...at(path), found: describe(valueAt(value, path), path), allowed: allowedBy(issue, path) }];
}

/** `trueup.yaml:3: gitHosts[0].kind: found "gti"; allowed: …` */
export function formatProblem({ file, line, path, found, allowed }: Problem): string {
  return `${file}:${line}: ${path === '' ? '' : `${path}: `}found ${found}; allowed: ${allowed}`;
}

function meant(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  return nearest === null ? known.join(', ') : `did you mean ${nearest}? (${known.join(', ')})`;
}

/** A literal where a secret belongs is not repeated: messages end up in logs. */
function describe(found: unknown, path: Path): string {
  if (found === undefined) return 'nothing';
  if (isSecretPlace(path)) return typeof found === 'string' ? 'a literal value (not shown)' : 'something else';
  if (typeof found === 'object' && found !== null) return Array.isArray(found) ? 'a list' : 'a mapping';
  return JSON.stringify(found);
}

function isSecretPlace(path: Path): boolean {
  const last = path.at(-1);
  return (
    last === 'webhookSecret' ||
    last === 'token' ||
    last === 'password' ||
    last === 'privateKey' ||
    (last === 'url' && path[0] === 'notifications')
  );
}

function allowedBy(issue: Issue, path: Path): string {
  if (isSecretPlace(path)) return 'a reference: {env: NAME}, {file: PATH}, {secretsManager: NAME} or {ssm: NAME}';
  if (issue.code === 'invalid_value') return issue.values.map(String).join(', ');
  if (issue.code === 'invalid_type') return words[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_union') return schemaAt(path, undefined).flatMap(constantsOf).join(', ') || issue.message;
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}

const words: Record<string, string> = {
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  int: 'a whole number',
  number: 'a number',
};

function keysAt(path: Path, value: unknown): string[] {
  return [...new Set(schemaAt(path, value).flatMap((schema) => Object.keys(record(schema.properties))))];
}

/** The schemas that may stand at this path; where alternatives differ by `kind`, those of the kind that was written. */
function schemaAt(path: Path, value: unknown): Record<string, unknown>[] {
  const root = configJsonSchema();
  let here = [root];
  let written = value;
  for (const part of path) {
    written = valueAt(written, [part]);
    here = here
      .flatMap((schema) => {
        const next = typeof part === 'number' ? schema.items : record(schema.properties)[part];
        return alternatives(next, root);
      })
      .filter((schema) => ofKind(schema, written));
  }
  return here;
}

function alternatives(schema: unknown, root: Record<string, unknown>): Record<string, unknown>[] {
  const { $ref, anyOf, oneOf, ...rest } = record(schema);
  if (typeof $ref === 'string') return alternatives(record(root.$defs)[$ref.replace('#/$defs/', '')], root);
  const options = [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return options.length > 0 ? options.flatMap((option) => alternatives(option, root)) : [rest];
}

function ofKind(schema: Record<string, unknown>, written: unknown): boolean {
  const kind = record(record(schema.properties).kind).const;
  const given = record(written).kind;
  return kind === undefined || given === undefined || kind === given;
}

function constantsOf(schema: Record<string, unknown>): string[] {
  return typeof schema.const === 'string' ? [schema.const] : [];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((here, part) => {
    return Array.isArray(here) ? here[Number(part)] : record(here)[part];
  }, value);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
