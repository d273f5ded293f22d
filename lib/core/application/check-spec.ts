/** Checks the `spec` of a document against its schema: what it says, what is wrong, which keys nobody knows. */
import * as z from 'zod';
import { nearestName } from '../config/nearest-name.ts';
import type { FieldPath } from '../yaml/line-of.ts';

export type SpecProblem = { path: FieldPath; found: string; allowed: string };
export type UnknownKey = { path: FieldPath; meant: string | null };

/** `spec` is null exactly when there are problems. Unknown keys are left out and reported. */
export function checkSpec<Spec>(
  given: unknown,
  schema: z.ZodType<Spec>,
): { spec: Spec | null; problems: SpecProblem[]; unknown: UnknownKey[] } {
  const first = schema.safeParse(given);
  if (first.success) return { spec: first.data, problems: [], unknown: [] };
  const unknown = first.error.issues.flatMap((issue) => unknownKeys(issue, schema));
  const second = schema.safeParse(unknown.reduce((value, { path }) => without(value, path), given));
  if (second.success) return { spec: second.data, problems: [], unknown };
  return { spec: null, problems: second.error.issues.map((issue) => describe(issue, given, schema)), unknown };
}

type Issue = z.core.$ZodIssue;

function unknownKeys(issue: Issue, schema: z.ZodType): UnknownKey[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const path = plainPath(issue);
  const known = Object.keys(record(schemaAt(path, schema).properties));
  return issue.keys.map((key) => ({ path: [...path, key], meant: nearestName(key, known) }));
}

function describe(issue: Issue, given: unknown, schema: z.ZodType): SpecProblem {
  const path = plainPath(issue);
  return { path, found: show(valueAt(given, path)), allowed: allowedBy(issue, path, schema) };
}

function allowedBy(issue: Issue, path: FieldPath, schema: z.ZodType): string {
  if (issue.code === 'invalid_type') return words[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_union') {
    const types = list(schemaAt(path, schema).anyOf).map((option) => String(record(option).type));
    return types.map((type) => words[type] ?? type).join(' or ');
  }
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'text, not empty' : `at least ${issue.minimum}`;
  return issue.code === 'invalid_format' ? 'a whole number' : issue.message;
}

const words: Record<string, string> = {
  string: 'text (in quotes where it looks like something else)',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  int: 'a whole number',
  integer: 'a whole number',
  number: 'a whole number',
  boolean: 'true or false',
};

function show(found: unknown): string {
  if (found === undefined) return 'nothing';
  if (typeof found === 'object' && found !== null) {
    const keys = Array.isArray(found) ? [] : Object.keys(found);
    return Array.isArray(found) ? 'a list' : keys.length > 0 ? `a mapping with ${keys.join(', ')}` : 'an empty mapping';
  }
  return JSON.stringify(found);
}

function plainPath(issue: Issue): FieldPath {
  return issue.path.filter((part) => typeof part !== 'symbol');
}

const jsonSchemas = new WeakMap<z.ZodType, Record<string, unknown>>();

function schemaAt(path: FieldPath, schema: z.ZodType): Record<string, unknown> {
  const jsonSchema =
    jsonSchemas.get(schema) ??
    record(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }));
  jsonSchemas.set(schema, jsonSchema);
  return path.reduce<Record<string, unknown>>(
    (here, part) => record(typeof part === 'number' ? here.items : record(here.properties)[part]),
    jsonSchema,
  );
}

/** A copy without the value at this path. */
function without(value: unknown, [first, ...rest]: FieldPath): unknown {
  if (first === undefined) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? without(item, rest) : item));
  const { [first]: here, ...others } = record(value);
  return rest.length === 0 ? others : { ...others, [first]: without(here, rest) };
}

function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((here, part) => (Array.isArray(here) ? here[Number(part)] : record(here)[part]), value);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
