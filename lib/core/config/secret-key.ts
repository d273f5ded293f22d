/** A secret that holds several values as JSON: `NAME#KEY` refers to one of them. */

/** Neither Secrets Manager nor Parameter Store takes a `#` in a name. */
export function splitSecretKey(reference: string): { name: string; key: string | null } {
  const at = reference.lastIndexOf('#');
  return at < 0 ? { name: reference, key: null } : { name: reference.slice(0, at), key: reference.slice(at + 1) };
}

/** The value, or what is wrong with the secret, in words that hold nothing of it. */
export function pickSecretKey(secret: string, key: string): { value: string } | { because: string } {
  const values = parse(secret);
  if (values === null) return { because: `it is not a JSON object, so it has no key ${key}` };
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined || value === null) return { because: `it has no key ${key}` };
  return { value: typeof value === 'string' ? value : JSON.stringify(value) };
}

function parse(secret: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(secret);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
