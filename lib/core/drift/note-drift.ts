/** Keeps the list of objects that are known to differ, as more of them are looked at. */

const everything = '*';
const limit = 500;

/** `looked` and `found` are formatted keys; `*` among `looked` says that every object was. More than 500 become `*`. */
export function noteDrift(before: readonly string[], looked: readonly string[], found: readonly string[]): string[] {
  const kept = looked.includes(everything) ? [] : before.filter((name) => !looked.includes(name));
  const after = new Set([...kept, ...found]);
  return after.has(everything) || after.size > limit ? [everything] : [...after];
}

/** True when this object is known to differ. */
export function isDrifted(drifted: readonly string[], name: string): boolean {
  return drifted.includes(everything) || drifted.includes(name);
}
