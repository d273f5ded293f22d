/** Objects that may have drifted, each with the number of the wake-up that named it last. */

/** Formatted object key → `wanted` when it was last named; `*` alone stands for every object. */
export type Suspects = Readonly<Record<string, number>>;

const everything = '*';
const limit = 500;

/** More than 500 become `*`. Naming one again raises its number, and so does naming any while `*` stands for all. */
export function addSuspects(suspects: Suspects, keys: readonly string[], wanted: number): Suspects {
  const named = { ...suspects };
  for (const key of keys) named[key] = wanted;
  return everything in named || Object.keys(named).length > limit ? { [everything]: wanted } : named;
}

/** Takes away exactly `keys`, except those named again after the worker read `seenWanted`. */
export function settleSuspects(suspects: Suspects, keys: readonly string[], seenWanted: number): Suspects {
  const settled = new Set(keys);
  return Object.fromEntries(
    Object.entries(suspects).filter(([key, wanted]) => !settled.has(key) || wanted > seenWanted),
  );
}
