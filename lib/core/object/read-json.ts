/** Reads JSON that somebody else wrote, to be checked by who asks. */

/** null for what is none. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
