/** Knows which parts of a value jq expressions mean. */
import type { JsonPath } from '../core/drift/json-path.ts';

/** `because`: the expression is none, fails on this value, or takes too long. */
export type Selected = { paths: JsonPath[] } | { because: string };

export interface Jq {
  /**
   * For each expression, in order, what `del(EXPRESSION)` would take out of the value. Nothing an expression does is
   * thrown, and none runs for longer than a second or in more than 256 MB.
   */
  select(expressions: readonly string[], value: unknown): Promise<Selected[]>;
}
