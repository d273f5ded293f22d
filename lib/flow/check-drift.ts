/** Looks at live objects and says which of them drifted. The projection nominates, a dry-run apply decides. Changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import { describeDrift, findDrift, type Nomination, settle } from '../core/drift/find-drift.ts';
import { foreignProblem } from '../core/drift/note-problems.ts';
import type { FieldChange } from '../core/event/field-change.ts';
import { maskChanges } from '../core/event/mask-secrets.ts';
import { missingHealth } from '../core/health/missing-health.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../core/object/object-key.ts';
import type { ObjectOptions } from '../core/options/object-options.ts';
import { readApplicationOptions } from '../core/options/read-application-options.ts';
import { readObjectOptions } from '../core/options/read-object-options.ts';
import { ownerOf } from '../core/ownership/owner-of.ts';
import type { Applying } from '../core/plan/plan.ts';
import type { AppliedObject, RecordedObject } from '../core/record/record.ts';
import { settledObject } from '../core/record/record-applied.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { driftRulesOf } from './drift-rules-of.ts';
import { meansOf } from './means-of.ts';
import { nominateDrift } from './nominate-drift.ts';
import { otherApplications } from './other-applications.ts';
import { refOf } from './ref-of.ts';

export type Checked = {
  /** With what was learnt: health, and the resourceVersion that needs no second look. */
  recorded: RecordedObject;
  /** What undoes the drift; null where there is none. */
  drift: Applying | null;
  /** The Application that has taken it over; null: it is still ours. */
  movedTo: string | null;
  /** There is nothing left to remember: Git does not want it, and it is not there. */
  gone?: true;
  /** Why it is not to be undone: nobody can tell what is to be ignored, or another installation has it. */
  problems: string[];
};

export async function checkDrift(recorded: RecordedObject, entry: Entry, ports: Ports): Promise<Checked> {
  const { applied } = recorded;
  // Never written: the sync that intended it will do it, or has been given up.
  if (applied === null) return nothingFound(recorded);
  const live = await ports.cluster(entry.cluster).read(refOf(recorded));
  if (live === null && recorded.leftOver) return { ...nothingFound(recorded), gone: true };
  if (live === null) {
    const drift = undo(recorded, null, { what: 'deleted', by: [] }, []);
    return { ...nothingFound(withHealth(recorded, applied, null, ports)), drift };
  }
  const { uid, resourceVersion } = live.metadata;
  if (uid === applied.uid && resourceVersion === applied.resourceVersion)
    return nothingFound(lookedAt(recorded, applied, live, ports));
  // Asked anew for each object: one that was asked before this object was read may have taken it since.
  const movedTo = await otherApplications(entry, ports).takenBy(live, recorded);
  if (movedTo !== null) return { ...nothingFound(recorded), movedTo };
  // Made once, or not in Git any more: whatever became of it since is as it ought to be.
  if (recorded.leftOver || applyOf(recorded) === 'ifAbsent')
    return nothingFound({ ...recorded, applied: settledObject(live, meansOf(ports)) });
  return compare({ recorded, applied, live, sealed: sealSecret(live, ports.installationKey) }, entry, ports);
}

function nothingFound(recorded: RecordedObject): Checked {
  return { recorded, drift: null, movedTo: null, problems: [] };
}

function applyOf({ manifest }: RecordedObject): ObjectOptions['apply'] {
  return readObjectOptions(manifest, readApplicationOptions([])).apply;
}

type Looked = { recorded: RecordedObject; applied: AppliedObject; live: KubernetesObject; sealed: KubernetesObject };

async function compare(looked: Looked, entry: Entry, ports: Ports): Promise<Checked> {
  const { recorded, applied, live, sealed } = looked;
  const nominated = await nominateDrift({ recorded, applied, live: sealed }, entry, ports);
  const { nomination } = nominated;
  const here = withHealth(recorded, applied, live, ports);
  const problems = [...nominated.problems, ...foreignProblems(live, ports)];
  const checked = (drift: Checked['drift'], after = here): Checked => ({ ...nothingFound(after), drift, problems });
  if (nomination.verdict === 'clean')
    return checked(null, nomination.ignoring ? here : lookedAt(recorded, applied, live, ports));
  if (nomination.verdict === 'missing') return checked(undo(recorded, null, { what: 'deleted', by: [] }, []));
  const { verdict, by } = nomination;
  if (verdict === 'recreated') return checked(undo(recorded, live, { what: 'recreated', by }, []));
  const decision = await decide(looked, nomination, entry, ports);
  if (decision === 'equal') return checked(null, { ...recorded, applied: settledObject(live, meansOf(ports)) });
  if (decision === 'ignored') return checked(null);
  return checked(undo(recorded, live, { what: 'changed', by }, changesOf(recorded, applied, sealed, nomination)));
}

function foreignProblems(live: KubernetesObject, { installation }: Ports): string[] {
  const owner = ownerOf(live, installation);
  return owner.is === 'installation' ? [foreignProblem(formatKey(keyOf(live)), owner.name)] : [];
}

type Drifted = Extract<Nomination, { verdict: 'drifted' }>;

/**
 * `equal`: two ways of writing one value, which only the server can tell: then what is live counts as settled. Fields that
 * were added are there, whatever a rehearsal says; and a Secret's values are not in the record, so none can be rehearsed.
 */
async function decide(
  { recorded: { manifest, key }, applied, live, sealed }: Looked,
  { added }: Drifted,
  entry: Entry,
  ports: Ports,
): Promise<'equal' | 'ignored' | 'drifted'> {
  if (added.length > 0 || key.kind === 'Secret') return 'drifted';
  const rehearsal = await ports.cluster(entry.cluster).apply(manifest, { dryRun: true });
  const then = { ...applied, resourceVersion: '', settled: settle(rehearsal, applied.fieldsV1) };
  if (isDeepStrictEqual(settle(live, applied.fieldsV1), then.settled)) return 'equal';
  const { rules } = await driftRulesOf({ live: sealed, wanted: rehearsal, autoscaled: false }, entry, ports);
  return findDrift(then, sealed, rules).verdict === 'clean' ? 'ignored' : 'drifted';
}

function changesOf(
  { key }: RecordedObject,
  applied: AppliedObject,
  live: KubernetesObject,
  { changed, added }: Drifted,
): FieldChange[] {
  return maskChanges(describeDrift(applied, live, [...changed, ...added]), key);
}

function undo(
  recorded: RecordedObject,
  live: KubernetesObject | null,
  drift: NonNullable<Applying['drift']>,
  diff: FieldChange[],
): Applying {
  const { key, apiVersion, desiredHash, origin } = recorded;
  const uid = live?.metadata.uid ?? null;
  return {
    action: live === null ? 'create' : 'update',
    key,
    apiVersion,
    desiredHash,
    origin,
    uid,
    diff,
    // What is made again may need a definition or a Namespace that is made again just before it.
    rehearsed: live !== null,
    drift,
  };
}

function withHealth(
  recorded: RecordedObject,
  applied: AppliedObject,
  live: KubernetesObject | null,
  { assess }: Ports,
): RecordedObject {
  return { ...recorded, applied: { ...applied, health: live === null ? missingHealth : assess(live) } };
}

function lookedAt(
  recorded: RecordedObject,
  applied: AppliedObject,
  live: KubernetesObject,
  { assess }: Ports,
): RecordedObject {
  const resourceVersion = live.metadata.resourceVersion ?? applied.resourceVersion;
  return { ...recorded, applied: { ...applied, resourceVersion, health: assess(live) } };
}
