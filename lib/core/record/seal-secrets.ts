/** Takes the values out of a Secret and leaves what can only tell whether they are the same: the record holds no secret. */
import { createHmac } from 'node:crypto';
import { secretForms } from '../event/redact-text.ts';
import { isRecord } from '../object/is-record.ts';
import { isSecret, lastAppliedAnnotation } from '../object/is-secret.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';

const sealed = /^hmac-sha256:[0-9a-f]{64}$/;

/**
 * Every value becomes `hmac-sha256:HEX`, keyed so that nobody can try out short values, and bound to its name in the
 * Secret so that two names do not tell that they hold the same. Sealing again changes nothing. Other kinds stay as they are.
 */
export function sealSecret(object: KubernetesObject, key: Uint8Array): KubernetesObject {
  if (!isSecret(object)) return object;
  const folded = foldStringData(object);
  return {
    ...folded,
    metadata: sealCopies(object, key),
    ...('data' in folded ? { data: sealValues(folded.data, key) } : {}),
    ...('stringData' in folded ? { stringData: sealValues(folded.stringData, key) } : {}),
  };
}

/** True for what stands for a secret value. */
export function isSealed(value: unknown): boolean {
  return typeof value === 'string' && sealed.test(value);
}

function sealValues(values: unknown, key: Uint8Array): unknown {
  if (values === null || values === undefined) return values;
  if (!isRecord(values)) return seal('', values, key);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, seal(name, value, key)]));
}

function seal(name: string, value: unknown, key: Uint8Array): string {
  if (isSealed(value)) return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `hmac-sha256:${createHmac('sha256', key).update(name).update('\0').update(text).digest('hex')}`;
}

/** `kubectl apply` leaves a copy of the whole Secret in an annotation, and so do other tools. */
function sealCopies(object: KubernetesObject, key: Uint8Array): KubernetesObject['metadata'] {
  const { metadata } = object;
  const suspects = Object.entries(metadata.annotations ?? {}).filter(([name]) => !name.startsWith('trueup.dev/'));
  if (suspects.length === 0) return metadata;
  const forms = secretForms([object]);
  const copies = suspects.filter(
    ([name, text]) => name === lastAppliedAnnotation || forms.some((form) => String(text).includes(form)),
  );
  const sealedCopies = Object.fromEntries(copies.map(([name, text]) => [name, seal(name, text, key)]));
  return { ...metadata, annotations: { ...metadata.annotations, ...sealedCopies } };
}

/**
 * Folds `stringData` of a Secret into `data`, as the API server does on writing, and writes base64 the way it will come
 * back: applied as `stringData` the values would be owned there, and a hand edit of `data` would go unseen. What is not
 * text stays where it is: the API server refuses it, and should be seen doing so. Other kinds stay as they are.
 */
export function foldStringData(object: KubernetesObject): KubernetesObject {
  if (!isSecret(object)) return object;
  const { data, stringData, ...rest } = object;
  if (!isAbsentOrMap(data) || !isAbsentOrMap(stringData)) return object;

  const texts = Object.entries(stringData ?? {});
  const folded = {
    ...Object.fromEntries(Object.entries(data ?? {}).map(([name, value]) => [name, normalise(value)])),
    ...Object.fromEntries(texts.filter(isFoldable).map(([name, value]) => [name, encode(value)])),
  };
  const refused = texts.filter((entry) => !isFoldable(entry));
  return {
    ...rest,
    ...(isRecord(data) || texts.some(isFoldable) ? { data: folded } : {}),
    ...(refused.length > 0 ? { stringData: Object.fromEntries(refused) } : {}),
  };
}

function isAbsentOrMap(value: unknown): value is Record<string, unknown> | null | undefined {
  return value === undefined || value === null || isRecord(value);
}

/** null is the empty text to the API server. */
function isFoldable(entry: [string, unknown]): entry is [string, string | null] {
  return typeof entry[1] === 'string' || entry[1] === null;
}

function encode(text: string | null): string {
  return Buffer.from(text ?? '', 'utf8').toString('base64');
}

/** Line breaks are allowed in base64 (RFC 2045) and do not come back; what is not base64 is left for the API server to refuse. */
function normalise(value: unknown): unknown {
  if (value === null) return '';
  if (typeof value !== 'string') return value;
  const bare = value.replaceAll(/[\r\n]/g, '');
  return isBase64(bare) ? Buffer.from(bare, 'base64').toString('base64') : value;
}

export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
