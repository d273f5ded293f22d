/** Health of an Application from its record. */
import type { ApplicationState } from '../application/application-state.ts';
import { applicationHealth } from '../health/application-health.ts';
import type { ApplicationRecord } from './record.ts';

/** `before` keeps its `since` while the status stays the same. `now`: ms since the epoch. */
export function sumUpHealth(
  record: ApplicationRecord,
  before: ApplicationState['health'],
  now: number,
): ApplicationState['health'] {
  const objects = Object.values(record.objects).map(({ key, applied, manifest }) => ({
    key,
    health: applied?.health ?? null,
    annotations: manifest.metadata.annotations,
  }));
  const { status, because = '' } = applicationHealth(objects);
  return { status, because, since: status === before.status ? before.since : now };
}
