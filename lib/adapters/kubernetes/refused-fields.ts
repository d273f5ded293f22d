/** Reads from a refusal which fields are wrong, and why. */
import type { Cause, Status } from './answer.ts';

export type Problem = { field?: string; says: string };

export function problemsOf(status: Status): Problem[] {
  const causes = (status.details?.causes ?? []).flatMap(problemOf);
  if (causes.length > 0) return unique(withoutEchoes(causes));
  return schemaProblemsOf(status) ?? strictProblemsOf(status) ?? [{ says: shortened(status.message) }];
}

function problemOf({ field: path = '', message = '' }: Cause): Problem[] {
  // "some validation rules were not checked because the object was invalid": says nothing of its own.
  if (path === '<nil>') return [];
  const field = path.replace(/^\./, '');
  const says = shortened(message);
  return [/^\w/.test(field) ? { field, says } : { says }];
}

/** What the refusal of an unchangeable field lets change all the same: `spec.replicas`, `spec.containers[*].image`. */
export function changeable({ field = '', says }: Problem): string[] {
  const rest = /(?:other than|except) (.*)$/s.exec(says)?.[1];
  if (rest === undefined) return [];
  const quoted = [...rest.matchAll(/['`]([\w.[\]*]+)['`]/g)].flatMap(([, name]) => name ?? []);
  const names = quoted.length > 0 ? quoted : rest.replace(/ for .*$/s, '').split(/,? and |, /);
  return names.map((name) => (name.startsWith(`${field}.`) ? name : `${field}.${name}`));
}

/** A required field that was left out of a live object is also called changed; that it is missing is what helps. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const missing = problems.filter(({ says }) => says.startsWith('Required value')).map(({ field }) => field);
  return problems.filter(({ field, says }) => !(missing.includes(field) && says.startsWith('Invalid value: null')));
}

/**
 * What server-side apply finds before validation comes as a bare 500, even with fieldValidation=Strict: undeclared
 * fields, wrong types, duplicate keys, values that cannot be read. undefined: this is no such answer.
 */
export function schemaProblemsOf({ message }: Status): Problem[] | undefined {
  const typed = /^failed to create typed patch object \(.*?; .*?Kind=[^)]*\): (?<rest>.*)$/s.exec(message)?.groups
    ?.rest;
  if (typed !== undefined) {
    const lines = typed.startsWith('errors:') ? typed.split('\n').slice(1) : [typed];
    return unique(lines.filter((line) => line.trim() !== '').map(schemaProblem));
  }
  const unread = /^failed to convert new object \(.*?\) to proper version: .*?Kind=\w+: (?<rest>.*)$/s.exec(message);
  if (unread?.groups?.rest !== undefined) return [{ says: shortened(unread.groups.rest) }];
  const tooLarge = /message larger than max( \(.*\))?|request is too large/.exec(message);
  return tooLarge === null ? undefined : [{ says: `it is larger than etcd takes${tooLarge[1] ?? ''}` }];
}

/** `.spec.template.spec.containers[name="c"].env: duplicate entries for key [name="A"]` */
function schemaProblem(line: string): Problem {
  const [, field, says] = /^\.(\S.*?): (.*)$/s.exec(line.trim()) ?? [];
  return field === undefined || says === undefined
    ? { says: shortened(line.trim()) }
    : { field, says: shortened(says) };
}

/** `strict decoding error: unknown field "spec.foo", duplicate field "spec.bar"` */
function strictProblemsOf({ message }: Status): Problem[] | undefined {
  const rest = /strict decoding error: (?<rest>.*)$/s.exec(message)?.groups?.rest;
  if (rest === undefined) return undefined;
  const named = [...rest.matchAll(/(unknown|duplicate) field "([^"]+)"/g)];
  return named.length === 0
    ? [{ says: shortened(rest) }]
    : named.map(([, what, field = '']) => ({ field, says: `${what} field` }));
}

const longestValue = 120;
const longest = 600;

/** The API server quotes whole pod templates and adds diffs of its internal form. */
function shortened(message: string): string {
  const [line = ''] = message.split('\n@@');
  const said = line.trim();
  const [, value = '', why] = /^Invalid value: (.*?): ([^{}"]+)$/s.exec(said) ?? [];
  const short = why !== undefined && value.length > longestValue ? why : said;
  return short.length > longest ? `${short.slice(0, longest)}…` : short;
}

/** In the order of the fields: the API server finds them in a map, so that its own order changes from call to call. */
function unique(problems: Problem[]): Problem[] {
  const seen = new Map(problems.map((problem) => [`${problem.field ?? ''}: ${problem.says}`, problem]));
  return [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, problem]) => problem);
}
