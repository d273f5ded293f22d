/** Rehearses one object on the API server and says what applying it would change. */
import { diffObjects } from '../core/event/diff-objects.ts';
import { Fault } from '../core/fault/fault.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey } from '../core/object/object-key.ts';
import { foreignOwner, sayOwner } from '../core/ownership/foreign-owner.ts';
import { ownerOf } from '../core/ownership/owner-of.ts';
import type { Desired } from '../core/plan/desired.ts';
import { trackedBy } from '../core/plan/mark.ts';
import type { Applying } from '../core/plan/plan.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Ports } from '../ports/ports.ts';
import { isUntracked, rehearseNamespace } from './destination-namespace.ts';
import { locateFault } from './locate-fault.ts';
import { rehearseAdoption } from './own-fields.ts';
import { type PartToApply, partToApply } from './part-to-apply.ts';
import { refOf } from './ref-of.ts';
import type { Planning } from './rehearse-plan.ts';
import { rehearseWrite } from './rehearse-write.ts';
import { writeOptions } from './write-options.ts';

export async function rehearseChange(
  desired: Desired,
  planning: Planning & { awaitsOthers: boolean },
  ports: Ports,
): Promise<Applying> {
  if (isUntracked(desired)) return rehearseNamespace(desired, planning, ports);
  const { key, object, hash, origin } = desired;
  const change = { key, apiVersion: object.apiVersion, desiredHash: hash, origin, drift: null };
  const cluster = ports.cluster(planning.cluster);
  const recorded = planning.record.objects[formatKey(key)];
  const before = recorded?.applied != null || planning.awaitsOthers ? await cluster.read(refOf(desired)) : null;
  const rehearse = rehearsing(desired, planning, ports);
  const first = before === null && !planning.awaitsOthers ? await rehearse(object, null) : null;
  const live = before ?? first?.live ?? null;
  if (live === null) return { ...change, action: 'create', uid: null, diff: [], rehearsed: !planning.awaitsOthers };
  const isKnown = recorded?.applied != null;
  const takes = await takeFromOther({ desired, live, isKnown }, planning, ports);
  const adopted = isKnown ? takes : { ...adoption(live, planning.application.name, takes), ...takes };
  const found = { ...change, ...adopted, uid: live.metadata.uid ?? null };
  if (planning.awaitsOthers) {
    // What the server makes of it is not known yet: shown is what changed in Git.
    const diff = diffObjects(recorded?.manifest ?? null, sealSecret(object, ports.installationKey));
    return { ...found, action: 'update', diff, rehearsed: false };
  }
  const part = await partOf(desired, live, planning, ports);
  const sent = part?.rehearsable ?? object;
  const rehearsal = first === null || sent !== object ? await rehearse(sent, live) : first;
  if (rehearsal.by === 'recreation') return { ...found, action: 'recreate', diff: rehearsal.changes, rehearsed: true };
  const becomes = await withAdoption({ becomes: rehearsal.becomes, live, part }, desired, planning, ports);
  const diff = diffObjects(sealSecret(live, ports.installationKey), sealSecret(becomes, ports.installationKey));
  return { ...found, action: 'update', diff, rehearsed: true };
}

function rehearsing(desired: Desired, { application, cluster: name, record }: Planning, ports: Ports) {
  const cluster = ports.cluster(name);
  const before = record.objects[formatKey(desired.key)]?.manifest ?? null;
  return (part: KubernetesObject, live: KubernetesObject | null) =>
    locateFault(desired, name, () =>
      rehearseWrite({ wanted: { ...desired, object: part }, application, live, before }, cluster),
    );
}

/** null: what is replaced is replaced whole. */
async function partOf(
  desired: Desired,
  live: KubernetesObject,
  planning: Planning,
  ports: Ports,
): Promise<PartToApply | null> {
  if (writeOptions(desired.object, planning.application).replace) return null;
  return partToApply({ wanted: desired, live, heals: false }, planning, ports);
}

/** What is ours already is not adopted. */
function withAdoption(
  { becomes, live, part }: { becomes: KubernetesObject; live: KubernetesObject; part: PartToApply | null },
  desired: Desired,
  { application, cluster, record }: Planning,
  ports: Ports,
): Promise<KubernetesObject> {
  const isOurs = record.objects[formatKey(desired.key)]?.applied != null;
  if (isOurs || part === null) return Promise.resolve(becomes);
  const adopting = { live, part, recorded: null, application, becomes };
  return locateFault(desired, cluster, () => rehearseAdoption(adopting, ports.cluster(cluster)));
}

/** From whom an object comes to us; nothing where an earlier sync of ours was cut off. */
function adoption(
  live: KubernetesObject,
  application: string,
  { takesFrom }: Pick<Applying, 'takesFrom'>,
): Pick<Applying, 'adopts'> {
  if (takesFrom !== undefined) return { adopts: `the Application ${takesFrom}` };
  if (trackedBy(live) === application) return {};
  const owner = foreignOwner(live);
  return { adopts: owner === null ? '' : sayOwner(owner) };
}

/** Faults sync.shared_object, sync.other_installation: an object stays with the Application that has it, as long as that one wants it. */
async function takeFromOther(
  { desired: { key, origin }, live, isKnown }: { desired: Desired; live: KubernetesObject; isKnown: boolean },
  { application, others }: Planning,
  ports: Ports,
): Promise<Pick<Applying, 'takesFrom'>> {
  const owner = ownerOf(live, ports.installation);
  const facts = { ...origin, object: formatKey(key), application: application.name };
  if (owner.is === 'installation') {
    const { kind, namespace, name } = key;
    const belongs = { application: trackedBy(live), installation: owner.name };
    throw new Fault('sync.other_installation', { ...facts, ...belongs, kind, namespace, name });
  }
  const other = owner.is === 'application' ? owner.name : isKnown ? null : await others.holds(live);
  if (other === null || other === application.name) return {};
  if (await others.wants(other, key)) throw new Fault('sync.shared_object', { ...facts, other });
  return { takesFrom: other };
}
