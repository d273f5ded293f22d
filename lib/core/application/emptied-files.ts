/** Tells the removal of a file from a file that says nothing any more: one being written, cut short, or commented out. */
import { Fault } from '../fault/fault.ts';
import type { Origin } from '../object/manifest.ts';

type Document = { name: string; origin: Origin | null };

/** A fault fleet.file_emptied for each document whose file is there and holds none any more: no wish to delete what it said. */
export function emptiedFiles(
  { applications, projects }: { applications: readonly Document[]; projects: readonly Document[] },
  without: readonly string[],
): Fault[] {
  const emptied = (kind: string, documents: readonly Document[]) =>
    documents.flatMap(({ name, origin }) =>
      origin === null || !without.includes(origin.file)
        ? []
        : new Fault('fleet.file_emptied', {
            [kind === 'Application' ? 'application' : 'project']: name,
            kind,
            name,
            file: origin.file,
          }),
    );
  return [...emptied('Application', applications), ...emptied('AppProject', projects)];
}
