/** Records, plans and the hooks of a removal as immutable blobs, one key for each version. */
import type { ApplicationState } from '../core/application/application-state.ts';
import type { DesiredHook } from '../core/hook/hook.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import type { Ports } from '../ports/ports.ts';

export async function loadRecord(key: string | null, ports: Pick<Ports, 'blobs'>): Promise<ApplicationRecord> {
  return (await findRecord(key, ports)) ?? { objects: {} };
}

/** null: there is none, or it was replaced. */
export async function findRecord(key: string | null, ports: Pick<Ports, 'blobs'>): Promise<ApplicationRecord | null> {
  return key === null ? null : load<ApplicationRecord>(key, ports);
}

/** null also where another version of Trueup wrote it: it is planned anew. */
export async function loadPlan(key: string | null, ports: Ports): Promise<Plan | null> {
  const plan = key === null ? null : await load<Plan>(key, ports);
  return plan !== null && 'failStages' in plan ? plan : null;
}

export async function loadHooks(key: string | null, ports: Ports): Promise<DesiredHook[]> {
  return key === null ? [] : ((await load<DesiredHook[]>(key, ports)) ?? []);
}

/** The new key. The caller points the state at it and then removes the old one. */
export async function saveRecord(application: string, record: ApplicationRecord, ports: Ports): Promise<string> {
  return save(`records/${application}/${ports.newId()}`, record, ports);
}

export async function savePlan(plan: Plan, ports: Ports): Promise<string> {
  return save(`plans/${plan.application}/${ports.newId()}`, plan, ports);
}

/** Without values of Secrets. null: there are none. */
export async function saveHooks(
  application: string,
  hooks: readonly DesiredHook[],
  ports: Ports,
): Promise<string | null> {
  return hooks.length === 0 ? null : save(`hooks/${application}/${ports.newId()}`, hooks, ports);
}

async function save(key: string, value: unknown, ports: Ports): Promise<string> {
  await ports.blobs.put(key, new TextEncoder().encode(JSON.stringify(value)));
  return key;
}

async function load<Value>(key: string, ports: Pick<Ports, 'blobs'>): Promise<Value | null> {
  const bytes = await ports.blobs.get(key);
  return bytes === null ? null : (JSON.parse(new TextDecoder().decode(bytes)) as Value);
}

/** Removes the blobs that the old state points to and the new one no longer does. */
export async function collectBlobs(
  before: ApplicationState,
  after: ApplicationState | null,
  ports: Ports,
): Promise<void> {
  const kept = after === null ? [] : blobsOf(after);
  for (const key of blobsOf(before)) if (!kept.includes(key)) await ports.blobs.remove(key);
}

function blobsOf({ record, removalHooks, operation }: ApplicationState): string[] {
  return [record, removalHooks ?? null, operation?.plan ?? null].filter((key) => key !== null);
}
