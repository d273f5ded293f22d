/** Says of an update that was refused for fields that cannot be changed what they are, what Git wants, and what would help. */
import type { FieldChange } from '../event/field-change.ts';
import { Fault } from '../fault/fault.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { immutableChanges } from './immutable-changes.ts';

export type Explanation = {
  live: KubernetesObject;
  wanted: KubernetesObject;
  before: KubernetesObject | null;
  advice: string;
};

/** `fault` is apply.immutable_field. Secret values are masked. */
export function explainImmutable(
  fault: Fault,
  { advice, ...objects }: Explanation,
): { fault: Fault; changes: FieldChange[] } {
  const { fields, except = [], ...facts } = fault.facts;
  const changes = immutableChanges({ fields: texts(fields), except: texts(except), ...objects });
  // Where nothing is seen to differ the API server's own words have to do.
  const because = changes.length === 0 ? {} : { because: changes.map(sayBoth).join('; ') };
  const explained = new Fault(fault.code, { ...facts, fields, ...because, changes, advice }, { cause: fault.cause });
  return { fault: explained, changes };
}

function texts(fact: unknown): string[] {
  return Array.isArray(fact) ? fact.map(String) : [];
}

function sayBoth({ path, from, to }: FieldChange): string {
  return `${path} is ${say(from)} in the cluster and ${say(to)} in Git`;
}

function say(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
