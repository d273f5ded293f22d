/** Compiles one CEL expression that is true or false of an object; its variables are the object's top-level fields. */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { registerLinearMatches, withLinearMatches } from './linear-matches.ts';

export type Expression = { holds(object: KubernetesObject): boolean };

const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });
registerLinearMatches(environment);

/** Throws an Error that says what is wrong with the expression; `holds` throws one when a field that it reads is not there. */
export function compileExpression(text: string): Expression {
  const written: ParseResult = environment.parse(text);
  const { valid, type, error } = written.check();
  if (!valid) throw error ?? new Error('it is not valid');
  if (type !== 'bool' && type !== 'dyn') throw new Error(`it gives ${type}, not true or false`);
  const program = environment.parse(withLinearMatches(written.ast));
  return { holds: (object) => program(withIntegers(object)) === true };
}

/** To CEL 3 and 3.0 are of two types, and to Kubernetes every number without a fraction is of the first. */
function withIntegers(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, field]) => [name, toCel(field)]));
}

function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  return typeof value === 'object' && value !== null ? withIntegers(value) : value;
}
