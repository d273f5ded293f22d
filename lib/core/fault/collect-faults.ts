/** Many faults as one: the first, with all of them in `facts.problems`, so that nobody mends one at a time. */
import { Fault, mayRetry } from './fault.ts';

/** The one that waiting cannot cure comes first: it is the one to act on. Not empty. */
export function collectFaults(faults: readonly Fault[]): Fault {
  const [first] = [...faults].sort((a, b) => Number(mayRetry(a)) - Number(mayRetry(b)));
  if (first === undefined) throw new TypeError('collectFaults wants at least one fault');
  if (faults.length === 1) return first;
  const problems = faults.map((fault) => fault.report());
  return new Fault(first.code, { ...first.facts, problems }, { cause: first });
}

/** The faults among what tasks threw; anything else is a bug and thrown on. */
export function faultsOf(results: readonly PromiseSettledResult<unknown>[]): Fault[] {
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    if (result.reason instanceof Fault) return [result.reason];
    throw result.reason;
  });
}
