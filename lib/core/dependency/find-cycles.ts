/** Finds Applications that wait for each other, which would never end. */
import type { Dependencies } from './dependencies.ts';

/** The shortest through each of their members, once: `['a', 'b', 'a']`, beginning with the first by name. */
export function findCycles(dependencies: Dependencies): string[][] {
  const cycles = new Map<string, string[]>();
  for (const name of Object.keys(dependencies).toSorted()) {
    const cycle = cycleThrough(name, dependencies);
    if (cycle !== null) cycles.set(fromFirst(cycle).join(), fromFirst(cycle));
  }
  return [...cycles.values()];
}

/** The shortest way from this one back to itself; null: there is none. */
export function cycleThrough(name: string, dependencies: Dependencies): string[] | null {
  return wayFrom(name, name, dependencies);
}

/** The shortest way along what each names, both ends included; null: there is none. */
export function wayFrom(from: string, to: string, dependencies: Dependencies): string[] | null {
  const seen = new Set<string>();
  let ways = [[from]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const next of namedBy(way.at(-1) ?? from, dependencies)) {
        if (next === to) return [...way, next];
        if (!seen.has(next)) longer.push([...way, next]);
        seen.add(next);
      }
    }
    ways = longer;
  }
  return null;
}

/** Names come from outside: one may be called `constructor`. */
function namedBy(name: string, dependencies: Dependencies): string[] {
  return Object.hasOwn(dependencies, name) ? (dependencies[name]?.on ?? []) : [];
}

function fromFirst(cycle: readonly string[]): string[] {
  const members = cycle.slice(0, -1);
  const at = members.indexOf(members.toSorted()[0] ?? '');
  const turned = [...members.slice(at), ...members.slice(0, at)];
  return [...turned, ...turned.slice(0, 1)];
}
