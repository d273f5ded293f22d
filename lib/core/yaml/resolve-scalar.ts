/** The value of a YAML scalar as Kubernetes reads it: YAML 1.1 in the dialect of go-yaml v2 (`sigs.k8s.io/yaml`). */

export type Scalar = string | number | boolean | null;

/** `problem` says why the scalar cannot be kept. `tag` as written (`!!str`), empty for none. */
export type Resolved = { value: Scalar; problem?: undefined } | { value?: undefined; problem: string };

const words = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** A quoted scalar without a tag is text. Unknown tags (`!foo`) are ignored and leave text, as go-yaml does. */
export function resolveScalar(text: string, { plain, tag }: { plain: boolean; tag: string }): Resolved {
  const name = shortTag(tag);
  if (name === '!!binary') return decodeBinary(text);
  if (name === '' ? !plain : !resolvable.has(name)) return { value: text };
  const resolved = resolvePlain(text);
  if (resolved.problem !== undefined || name === '' || name === '!!timestamp') return resolved;
  return fits(resolved.value, name) ? resolved : { problem: `\`${text}\` cannot be read as ${name}` };
}

const resolvable = new Set(['!!bool', '!!int', '!!float', '!!null', '!!timestamp']);

function shortTag(tag: string): string {
  if (tag === '') return tag;
  return tag.replace(/^!<(.*)>$/, '$1').replace(/^tag:yaml\.org,2002:/, '!!');
}

function fits(value: Scalar, tag: string): boolean {
  if (tag === '!!null') return value === null;
  if (tag === '!!bool') return typeof value === 'boolean';
  return typeof value === 'number' && (tag === '!!float' || Number.isInteger(value));
}

function decodeBinary(text: string): Resolved {
  const bare = text.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare) || bare.length % 4 !== 0) return { problem: '!!binary is not base64' };
  return { value: new TextDecoder().decode(Uint8Array.from(atob(bare), (char) => char.charCodeAt(0))) };
}

function resolvePlain(text: string): Resolved {
  const word = words.get(text);
  if (word !== undefined) return typeof word === 'number' ? finite(word, text) : { value: word };
  const first = text[0] ?? '';
  if (first === '.') return pointFloat.test(text) ? float(text.replaceAll('_', ''), text) : { value: text };
  return /[-+0-9]/.test(first) ? resolveNumber(text) : { value: text };
}

/** `strconv.ParseFloat` lets underscores stand between digits. */
const pointFloat = /^\.\d+(_\d+)*([eE][-+]?\d+(_\d+)*)?$/;
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const decimalFloat = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

function resolveNumber(text: string): Resolved {
  const bare = text.replaceAll('_', '');
  const parts = integer.exec(bare);
  if (parts !== null) {
    const [, sign, hex, binary, octal, decimal] = parts;
    const digits = hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : (decimal ?? '0');
    const exact = sign === '-' ? -BigInt(digits) : BigInt(digits);
    if (exact >= -(2n ** 63n) && exact < 2n ** 64n && (exact >= 0n || sign === '-')) return keepInteger(exact);
  }
  return decimalFloat.test(bare) ? float(bare, text) : { value: text };
}

/** A JavaScript number that would print other digits is refused: the cluster would get another value than Git holds. */
function keepInteger(exact: bigint): Resolved {
  const value = Number(exact);
  if (exact > 2n ** 63n - 1n || String(value) === exact.toString()) return { value: value === 0 ? 0 : value };
  return { problem: `the integer ${exact} has more digits than Trueup keeps (beyond ±${Number.MAX_SAFE_INTEGER})` };
}

function float(bare: string, text: string): Resolved {
  const value = Number(bare);
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value } : { value: text };
}

function finite(value: number, text: string): Resolved {
  return Number.isFinite(value) ? { value } : { problem: `\`${text}\` is no number that JSON has` };
}
