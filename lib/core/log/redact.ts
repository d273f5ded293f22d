/** Takes out what must never be in a log, by the name of its key, and makes the rest printable as JSON. */
import { Fault } from '../fault/fault.ts';

const secretKeys = /token|secret|password|passwd|authorization|cookie|private.?key|credential|signature/i;
/** Wherever they stand in a text, as in the message of an error. */
const secretTexts = [
  // Of EKS: whoever has one is us for a quarter of an hour.
  /k8s-aws-v1\.[\w=-]+/g,
  // Of a presigned URL.
  /(?<=X-Amz-(?:Credential|Security-Token|Signature)=)[^&\s"'<]+/gi,
  // AWS repeats the headers of a request whose signature it does not like.
  /(?<=x-amz-security-token:)[^\s"'<\\]+/gi,
  // https://user:password@host
  /(?<=:\/\/)[^\s:/@]*:[^\s/@]+(?=@)/g,
];
const maxDepth = 6;

export function redact(value: unknown, depth = 0): unknown {
  if (value instanceof Fault) return redact(value.report(), depth);
  if (value instanceof Error) return { name: value.name, message: redact(value.message) };
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '…';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretKeys.test(key) ? '(redacted)' : redact(item, depth + 1)]),
  );
}

function redactText(text: string): string {
  return secretTexts.reduce((rest, pattern) => rest.replaceAll(pattern, '(redacted)'), text);
}
