/** Who waits for whom in a fleet: of each Application that names others, their names and where it says so. */
import type { Application } from '../application/application.ts';
import { dependsOn } from './depends-on.ts';

/** By name. `place`: `file:line` of the document. */
export type Dependencies = Record<string, { on: string[]; place: string }>;

export function dependenciesOf(applications: readonly Application[]): Dependencies {
  return Object.fromEntries(
    applications.flatMap((application) => {
      const on = dependsOn(application);
      const { file, line } = application.origin;
      return on.length === 0 ? [] : [[application.name, { on, place: `${file}:${line}` }]];
    }),
  );
}

/** Names of those that name this one. */
export function dependentsOf(name: string, dependencies: Dependencies): string[] {
  return Object.entries(dependencies).flatMap(([dependent, { on }]) => (on.includes(name) ? [dependent] : []));
}
