/** Takes secret values out of text that others wrote: the messages of API servers and tools quote what they were given. */
import { isRecord } from '../object/is-record.ts';
import { isSecret } from '../object/is-secret.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';

const mask = '++++++++';

/** Shorter values are no secrets and stand in every text by chance. */
const shortestValue = 4;
const shortestLine = 8;

/** Every form the values of these Secrets may be quoted in, the longest first. Objects of other kinds hold none. */
export function secretForms(objects: readonly KubernetesObject[]): string[] {
  const values = objects
    .filter(isSecret)
    .flatMap(({ data, stringData }) => [
      ...textsIn(data).flatMap((text) => [text, ...decoded(text)]),
      ...textsIn(stringData),
    ]);
  const forms = values.flatMap(formsOf).filter((form) => form.length >= shortestValue);
  return [...new Set(forms)].toSorted((one, other) => other.length - one.length);
}

/** `forms` as `secretForms` gives them. Names and passwords in URLs go too. */
export function redactText(text: string, forms: readonly string[]): string {
  const redacted = forms.reduce((left, form) => left.replaceAll(form, mask), text);
  return redacted.replaceAll(/:\/\/[^\s/]+@/g, `://${mask}@`);
}

/** The same for all texts of a JSON value; names of fields stay. */
export function redactValue(value: unknown, forms: readonly string[]): unknown {
  if (typeof value === 'string') return redactText(value, forms);
  if (typeof value === 'number') return forms.includes(String(value)) ? mask : value;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, forms));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactValue(item, forms)]));
}

/** A Secret refused for its shape holds numbers, lists and maps; what is in them is as secret. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function decoded(text: string): string[] {
  const bytes = Buffer.from(text, 'base64');
  const plain = bytes.toString('utf8');
  return Buffer.from(plain, 'utf8').equals(bytes) ? [plain] : [];
}

/** As it is, line by line, in base64, quoted by JSON or Go, and in a URL. */
function formsOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const base64 = Buffer.from(value, 'utf8').toString('base64');
  const plain = [
    value,
    value.trim(),
    ...lines.filter((line) => line.length >= shortestLine),
    base64,
    base64.replace(/=+$/, ''),
  ];
  return plain.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text.toWellFormed())]);
}
