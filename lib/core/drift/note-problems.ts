/** Keeps what is said on an Application of drift that is not to be undone, and why, as more of its objects are looked at. */

const everything = '*';
const subjects = ['ignoreDifferences', 'installation'];
/** The same rule has the same trouble with each object: a few say it. */
const most = 10;

/** `object`: formatted key. */
export function problemOf(object: string, because: string): string {
  return `ignoreDifferences of ${object}: ${because}; until it is mended, drift of this object is reported and not undone`;
}

/** What another installation says is its own is not touched. */
export function foreignProblem(object: string, installation: string): string {
  return `installation of ${object}: its label says ${installation}; what another installation owns is reported and not undone`;
}

/** `looked`: formatted keys, `*` for every object. What else was said stays. */
export function noteProblems(before: readonly string[], looked: readonly string[], found: readonly string[]): string[] {
  const isOver = (warning: string) =>
    subjects.some((subject) =>
      looked.includes(everything)
        ? warning.startsWith(`${subject} of `)
        : looked.some((object) => warning.startsWith(`${subject} of ${object}: `)),
    );
  return [...new Set([...before.filter((warning) => !isOver(warning)), ...found.slice(0, most)])];
}
