/** Reads again what was not healthy when last seen, and sums up. */
import type { ApplicationState } from '../core/application/application-state.ts';
import { assessHealth } from '../core/health/assess-health.ts';
import { missingHealth } from '../core/health/missing-health.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import { sumUpHealth } from '../core/record/sum-up-health.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { inParallel } from './in-parallel.ts';
import { refOf } from './ref-of.ts';
import { loadRecord, saveRecord } from './stored-json.ts';

export async function refreshHealth({ application, cluster, state }: Entry, ports: Ports): Promise<ApplicationState> {
  const record = await loadRecord(state.record, ports);
  const waiting = Object.entries(record.objects).filter(
    ([, { applied }]) => applied !== null && applied.health !== null && applied.health.status !== 'Healthy',
  );
  const looked = await inParallel(
    waiting,
    async ([name, recorded]) => [name, await look(recorded, cluster, ports)] as const,
  );
  const after: ApplicationRecord = { objects: { ...record.objects, ...Object.fromEntries(looked) } };
  const changed = looked.some(
    ([name, recorded]) => recorded.applied?.health?.status !== record.objects[name]?.applied?.health?.status,
  );
  return {
    ...state,
    record: changed ? await saveRecord(application.name, after, ports) : state.record,
    health: sumUpHealth(after, state.health, ports.now()),
  };
}

async function look(recorded: RecordedObject, cluster: string, ports: Ports): Promise<RecordedObject> {
  if (recorded.applied === null) return recorded;
  const live = await ports.cluster(cluster).read(refOf(recorded));
  return { ...recorded, applied: { ...recorded.applied, health: live === null ? missingHealth : assessHealth(live) } };
}
