/**
 * Learns anew what was lost: the inventory from the marks on the live objects, ownership from their managedFields, and from
 * Git which of them are as they ought to be. Writes nothing to the cluster.
 */
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import type { ApplicationRecord } from '../core/record/record.ts';
import type { Means } from '../core/record/record-applied.ts';
import type { Compared } from '../core/recovery/compare-with-git.ts';
import { recordLive } from '../core/recovery/record-live.ts';
import { type Recovery, recoveredState } from '../core/recovery/recovered-state.ts';
import { sourceHashOf } from '../core/sync/source-hash-of.ts';
import { compareLive } from './compare-live.ts';
import { findOwnedObjects } from './find-owned-objects.ts';
import { meansOf } from './means-of.ts';
import type { Outcome, Run } from './outcome.ts';
import { type RenderedApplication, renderApplication } from './render-application.ts';
import { saveRecord } from './stored-json.ts';

const againMs = 60_000;

/** `revision` null: Git cannot be asked, and the comparison follows once it can. */
export async function recoverApplication(revision: string | null, run: Run): Promise<Outcome> {
  const { entry, ports } = run;
  const { name } = entry.application;
  const live = await findOwnedObjects(entry, ports);
  const rendered = revision === null ? null : await renderAgain(revision, { everDeployed: live.length > 0 }, run);
  const fault = rendered instanceof Fault ? rendered.report() : null;
  const wanted = rendered instanceof Fault ? null : rendered;
  const compared =
    wanted === null ? new Map<string, Compared>() : await compareLive({ live, desired: wanted.desired }, entry, ports);
  const record = recordOf(live, compared, meansOf(ports));
  const edited = [...compared].flatMap(([key, { verdict }]) => (verdict === 'edited' ? [key] : []));
  // Found as drift like any other: named, reported, and not undone while it is held.
  await ports.wakes.suspect(name, edited, ports.now());
  const recovery: Recovery = {
    key: await saveRecord(name, record, ports),
    record,
    git: revision === null || wanted === null ? null : gitOf(revision, wanted, { record, compared }, run),
    fault,
  };
  ports.log.info('application.recovered', { application: name, objects: live.length, edited: edited.length });
  const state = recoveredState(entry.state, recovery, ports.now());
  return fault === null ? { state } : { state, rest: ports.now() + againMs };
}

/** When Git has what cannot be used, what the cluster has is recorded all the same. */
async function renderAgain(
  revision: string,
  { everDeployed }: { everDeployed: boolean },
  { entry, rules, ports }: Run,
): Promise<RenderedApplication | Fault> {
  const synced = everDeployed ? { revision: '', sourceHash: '', reads: {}, at: 0 } : null;
  try {
    return await renderApplication({ ...entry, state: { ...entry.state, synced } }, revision, rules, ports);
  } catch (error) {
    if (error instanceof Fault && !error.code.startsWith('store.')) return error;
    throw error;
  }
}

function recordOf(
  live: readonly KubernetesObject[],
  compared: ReadonlyMap<string, Compared>,
  means: Means,
): ApplicationRecord {
  const objects = live.map((object) => {
    const name = formatKey(keyOf(object));
    return [name, compared.get(name)?.recorded ?? recordLive(object, means)] as const;
  });
  return { objects: Object.fromEntries(objects) };
}

function gitOf(
  revision: string,
  { desired, reads, warnings }: RenderedApplication,
  { record, compared }: { record: ApplicationRecord; compared: ReadonlyMap<string, Compared> },
  { entry, permission }: Run,
): NonNullable<Recovery['git']> {
  const nothingIsLeftOver = compared.size === Object.keys(record.objects).length;
  const nothingIsMissing = compared.size === desired.length;
  const isEqual =
    nothingIsLeftOver && nothingIsMissing && [...compared.values()].every(({ verdict }) => verdict !== 'differs');
  return { revision, sourceHash: sourceHashOf(entry, permission), reads, warnings, isEqual };
}
