/** Puts Applications after those they wait for, and leaves them as they stand otherwise. */
import type { Application } from '../application/application.ts';
import { dependsOn } from './depends-on.ts';

/** Of those that wait for each other the one that stands first comes last. */
export function inOrder<T>(items: readonly T[], applicationOf: (item: T) => Application): T[] {
  const byName = new Map(items.map((item) => [applicationOf(item).name, item]));
  const ordered = new Set<T>();
  const begun = new Set<string>();
  const visit = (item: T): void => {
    const application = applicationOf(item);
    if (begun.has(application.name)) return;
    begun.add(application.name);
    for (const name of dependsOn(application)) {
      const dependency = byName.get(name);
      if (dependency !== undefined) visit(dependency);
    }
    ordered.add(item);
  };
  for (const item of items) visit(item);
  return [...ordered];
}
