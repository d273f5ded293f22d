/** Keeps what a Secret holds out of what is said about it: the API server and webhooks quote values freely. */
import type { ObjectRef } from '../../ports/cluster.ts';
import type { Problem } from './refused-fields.ts';

export function isSecret({ apiVersion, kind }: ObjectRef): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}

/** Only these words may pass: a list of what is safe cannot be outwitted by a new way of quoting. */
const harmless = [
  /field is immutable(?: when `immutable` is set)?/,
  /Required value/,
  /illegal base64 data at input byte \d+/,
  /field not declared in schema/,
  /expected (?:string|map|list|boolean|numeric)/,
  /duplicate entries/,
  /unknown field/,
  /duplicate field/,
  /a valid config key must consist of alphanumeric characters, '-', '_' or '\.'/,
  /Too long: may not be more than \d+ bytes/,
  /Unsupported value/,
  /exceeded quota: [\w.-]+/,
  /it is larger than etcd takes/,
  /admission webhook "[\w.-]+" denied the request/,
  /\w*AdmissionPolicy '[\w.-]+' with binding '[\w.-]+' denied request/,
  /the object has been modified/,
  /uid mismatch|does not match the UID in record/,
  /Invalid value/,
];

export function withoutSecrets({ field, says }: Problem): Problem {
  const kept = harmless.map((words) => words.exec(says)?.[0]).find((words) => words !== undefined);
  const safe = kept ?? 'refused';
  const whole = `${safe} (the rest is withheld, it may quote the Secret)`;
  return { ...(field !== undefined && { field: withoutValues(field) }), says: safe === says ? says : whole };
}

/** A path names keys, never values, except where list items are named by what they hold. */
function withoutValues(field: string): string {
  return field.replaceAll(/=[^\],]*/g, '=…');
}
