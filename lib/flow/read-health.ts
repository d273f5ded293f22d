/** How every object of an Application fared when it was last looked at. */
import type { Hold } from '../core/application/application-state.ts';
import type { HealthStatus } from '../core/health/health.ts';
import type { AppliedObject } from '../core/record/record.ts';
import type { Ports } from '../ports/ports.ts';
import { findApplication } from './find-application.ts';
import { loadRecord } from './stored-json.ts';

export type ApplicationHealth = {
  application: string;
  hold: Hold | null;
  /** What automation waits for; null: nothing. */
  waits: string | null;
  status: HealthStatus;
  because: string;
  objects: { group: string; kind: string; namespace: string; name: string; status: HealthStatus; message: string }[];
};

export async function readHealth(
  name: string,
  ports: Pick<Ports, 'applications' | 'blobs'>,
): Promise<ApplicationHealth> {
  const { state, hold } = await findApplication(name, ports);
  const record = await loadRecord(state.record, ports);
  const objects = Object.values(record.objects).map(({ key, applied }) => ({
    ...key,
    ...describe(applied),
  }));
  return { application: name, hold, waits: state.blocked?.fault.message ?? null, ...state.health, objects };
}

/** A kind that has no health counts as Healthy, as in Argo CD. */
function describe(applied: AppliedObject | null): { status: HealthStatus; message: string } {
  if (applied === null) return { status: 'Missing', message: 'not applied yet' };
  return { status: applied.health?.status ?? 'Healthy', message: applied.health?.because ?? '' };
}
