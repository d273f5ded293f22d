/** Rehearses one object on the API server and says what applying it would change. */
import { diffObjects } from '../core/event/diff-objects.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey } from '../core/object/object-key.ts';
import type { Desired } from '../core/plan/desired.ts';
import { trackedBy } from '../core/plan/mark.ts';
import type { Applying } from '../core/plan/plan.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Ports } from '../ports/ports.ts';
import { locateFault } from './locate-fault.ts';
import { partToApply } from './part-to-apply.ts';
import { refOf } from './ref-of.ts';
import type { Planning } from './rehearse-plan.ts';
import { rehearseWrite } from './rehearse-write.ts';
import { loadRecord } from './stored-json.ts';
import { writeOptions } from './write-options.ts';

export async function rehearseChange(
  desired: Desired,
  planning: Planning & { awaitsOthers: boolean },
  ports: Ports,
): Promise<Applying> {
  const { key, object, hash, origin } = desired;
  const change = { key, apiVersion: object.apiVersion, desiredHash: hash, origin, drift: null };
  const cluster = ports.cluster(planning.cluster);
  const recorded = planning.record.objects[formatKey(key)];
  const known = recorded?.applied != null;
  const before = known || planning.awaitsOthers ? await cluster.read(refOf(desired)) : null;
  if (planning.awaitsOthers) {
    if (before === null) return { ...change, action: 'create', uid: null, diff: [], rehearsed: false };
    await refuseShared(desired, before, planning, ports);
    // What the server makes of it is not known yet: shown is what changed in Git.
    const diff = diffObjects(recorded?.manifest ?? null, sealSecret(object, ports.installationKey));
    return { ...change, action: 'update', uid: before.metadata.uid ?? null, diff, rehearsed: false };
  }
  const { application } = planning;
  const rehearse = (part: KubernetesObject, live: KubernetesObject | null) => {
    const asked = { wanted: { ...desired, object: part }, application, live, before: recorded?.manifest ?? null };
    return locateFault(desired, cluster.name, () => rehearseWrite(asked, cluster));
  };
  const first = before === null ? await rehearse(object, null) : null;
  const live = before ?? first?.live ?? null;
  if (live === null) return { ...change, action: 'create', uid: null, diff: [], rehearsed: true };
  await refuseShared(desired, live, planning, ports);
  // What is replaced is replaced whole.
  const part = writeOptions(object, application).replace
    ? object
    : (await partToApply({ wanted: desired, live, heals: false }, planning, ports)).rehearsable;
  const rehearsal = first === null || part !== object ? await rehearse(part, live) : first;
  const uid = live.metadata.uid ?? null;
  if (rehearsal.by === 'recreation')
    return { ...change, action: 'recreate', uid, diff: rehearsal.changes, rehearsed: true };
  const diff = diffObjects(
    sealSecret(live, ports.installationKey),
    sealSecret(rehearsal.becomes, ports.installationKey),
  );
  return { ...change, action: 'update', uid, diff, rehearsed: true };
}

/** Fault sync.shared_object: an object stays with the Application that has it in its record. */
async function refuseShared(
  desired: Desired,
  live: KubernetesObject,
  { application }: Planning,
  ports: Ports,
): Promise<void> {
  const other = trackedBy(live);
  if (other === null || other === application.name) return;
  const owner = await ports.applications.get(other);
  if (owner === null) return;
  const { objects } = await loadRecord(owner.state.record, ports);
  if (!(formatKey(desired.key) in objects)) return;
  throw new Fault('sync.shared_object', {
    ...desired.origin,
    object: formatKey(desired.key),
    application: application.name,
    other,
  });
}
