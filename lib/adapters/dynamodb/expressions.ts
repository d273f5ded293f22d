/** Writes and reads as DynamoDB's expressions: `#name` stands for the attribute of that name, `:value` for one of `values`. */
import { type Item, type Key, version } from './item.ts';

export type Values = Readonly<Record<string, unknown>>;

export type Condition = {
  /** Else nothing is written. Every write also wants that no newer Trueup wrote what stands there. */
  if?: string;
  values?: Values;
  /** What `#name` stands for, where it is not the attribute of that name. */
  names?: Readonly<Record<string, string>>;
};

/** `update` makes the item where there is none, unless a condition forbids it. `set` is DynamoDB's update expression. */
export type SingleWrite = Condition & ({ put: Item } | { remove: Key } | { update: Key; set: string });

/** `check` writes nothing: its condition guards the other writes of the transaction. */
export type Write = SingleWrite | (Condition & { check: Key });

/** Numbers and texts of an item that a condition did not hold for; nothing when there is no such item. */
export type Found = Readonly<Record<string, string | number>>;

export function writeExpressions({ if: condition, values, names, ...write }: Write) {
  const written = 'set' in write ? { UpdateExpression: write.set } : {};
  const guarded = condition === undefined ? notNewer : `${notNewer} AND (${condition})`;
  return {
    ...expressions({ ...written, ConditionExpression: guarded }, { ...values, version }, names),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

const notNewer = '(attribute_not_exists(#v) OR #v <= :version)';

export function expressions<Said extends Readonly<Record<string, string>>>(
  said: Said,
  values: Values,
  names: Readonly<Record<string, string>> = {},
) {
  const placeholders = Object.values(said)
    .join(' ')
    .matchAll(/#(\w+)/g);
  return {
    ...said,
    ExpressionAttributeNames: Object.fromEntries(
      [...placeholders].map(([hash, name = '']) => [hash, names[name] ?? name]),
    ),
    ExpressionAttributeValues: Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
  };
}

/** The SDK translates what it answers, but not what it throws: `{fence: {N: '7'}, holder: {S: 'a'}}`. */
export function readFound(thrown: unknown): Found {
  const found: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(thrown ?? {})) {
    if (typeof value?.S === 'string') found[name] = value.S;
    if (typeof value?.N === 'string') found[name] = Number(value.N);
  }
  return found;
}
