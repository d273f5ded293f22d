/** Takes out what must never be in a log, by the name of its key, and makes the rest printable as JSON. */
import { Fault } from '../fault/fault.ts';

const secretKeys = /token|secret|password|passwd|authorization|cookie|private.?key|credential|signature/i;
/** Of EKS: whoever has one is us for a quarter of an hour. */
const eksToken = /k8s-aws-v1\.[\w=-]+/g;
const maxDepth = 6;

export function redact(value: unknown, depth = 0): unknown {
  if (value instanceof Fault) return redact(value.report(), depth);
  if (value instanceof Error) return { name: value.name, message: redact(value.message) };
  if (typeof value === 'string') return value.replaceAll(eksToken, '(redacted)');
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '…';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretKeys.test(key) ? '(redacted)' : redact(item, depth + 1)]),
  );
}
