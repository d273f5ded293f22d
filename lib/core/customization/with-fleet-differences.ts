/** An Application with the `ignoreDifferences` that the fleet has for all Applications besides its own. */
import type { Application } from '../application/application.ts';
import type { Customizations } from './customizations.ts';

export function withFleetDifferences<Entry extends { application: Application }>(
  entry: Entry,
  { ignoreDifferences }: Pick<Customizations, 'ignoreDifferences'>,
): Entry {
  if (ignoreDifferences.length === 0) return entry;
  const { application } = entry;
  return {
    ...entry,
    application: { ...application, ignoreDifferences: [...application.ignoreDifferences, ...ignoreDifferences] },
  };
}
