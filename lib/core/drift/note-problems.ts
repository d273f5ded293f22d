/** Keeps what is said on an Application of rules that cannot be evaluated, as more of its objects are looked at. */

const everything = '*';
/** The same rule has the same trouble with each object: a few say it. */
const most = 10;

/** `object`: formatted key. */
export function problemOf(object: string, because: string): string {
  return `ignoreDifferences of ${object}: ${because}; until it is mended, drift of this object is reported and not undone`;
}

/** `looked`: formatted keys, `*` for every object. What else was said stays. */
export function noteProblems(before: readonly string[], looked: readonly string[], found: readonly string[]): string[] {
  const isOver = (warning: string) =>
    looked.includes(everything)
      ? warning.startsWith('ignoreDifferences of ')
      : looked.some((object) => warning.startsWith(`ignoreDifferences of ${object}: `));
  return [...new Set([...before.filter((warning) => !isOver(warning)), ...found.slice(0, most)])];
}
