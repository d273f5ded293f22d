/** Reads again what was not healthy when last seen, and sums up. */
import type { ApplicationState } from '../core/application/application-state.ts';
import { Fault } from '../core/fault/fault.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { ApplicationRecord, RecordedObject } from '../core/record/record.ts';
import { sumUpHealth } from '../core/record/sum-up-health.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { explainEarly } from './explain-early.ts';
import { lookAtHealth } from './look-at-health.ts';
import { loadRecord, saveRecord } from './stored-json.ts';

export async function refreshHealth({ application, cluster, state }: Entry, ports: Ports): Promise<ApplicationState> {
  const record = await loadRecord(state.record, ports);
  const waiting = Object.values(record.objects).filter(isWaiting);
  const where = { application: application.name, cluster: ports.cluster(cluster), assess: ports.assess };
  const healths = await lookAtHealth(waiting, where);
  const after: ApplicationRecord = { objects: { ...record.objects } };
  let changed = false;
  for (const recorded of waiting) {
    const name = formatKey(recorded.key);
    const health = healths.get(name) ?? null;
    after.objects[name] = { ...recorded, applied: { ...recorded.applied, health } };
    changed ||= health?.status !== recorded.applied.health?.status;
  }
  const health = sumUpHealth(after, state.health, ports.now());
  return {
    ...state,
    record: changed ? await saveRecord(application.name, after, ports) : state.record,
    health: await withReason(health, after, where.cluster, ports),
  };
}

/** Every rollout waits a moment: only one that goes on is looked into. */
const soonMs = 2_000;

/** The status alone says how far it is; the pods say why it comes no further. */
async function withReason(
  health: ApplicationState['health'],
  record: ApplicationRecord,
  cluster: ReturnType<Ports['cluster']>,
  { now, log }: Ports,
): Promise<ApplicationState['health']> {
  if (health.status !== 'Progressing' || now() - health.since < soonMs) return health;
  try {
    const reason = await explainEarly(record, cluster);
    return reason === '' ? health : { ...health, because: `${health.because}\n${reason}`, reason };
  } catch (error) {
    // Who may not read pods still hears how far it is.
    if (!(error instanceof Fault)) throw error;
    log.warn('health.not_explained', error.report());
    return health;
  }
}

type Waiting = RecordedObject & { applied: NonNullable<RecordedObject['applied']> };

function isWaiting(recorded: RecordedObject): recorded is Waiting {
  const health = recorded.applied?.health ?? null;
  return health !== null && health.status !== 'Healthy';
}
