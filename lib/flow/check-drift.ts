/** Looks at live objects and says which of them drifted. The projection nominates, a dry-run apply decides. Changes nothing. */
import { isDeepStrictEqual } from 'node:util';
import { describeDrift, findDrift, type Nomination, settle } from '../core/drift/find-drift.ts';
import { defaultHandTools } from '../core/drift/hand-tools.ts';
import { driftRules } from '../core/drift/ignored-paths.ts';
import type { FieldChange } from '../core/event/field-change.ts';
import { maskChanges } from '../core/event/mask-secrets.ts';
import { missingHealth } from '../core/health/missing-health.ts';
import type { KubernetesObject } from '../core/object/kubernetes-object.ts';
import type { Applying } from '../core/plan/plan.ts';
import type { AppliedObject, RecordedObject } from '../core/record/record.ts';
import { settledObject } from '../core/record/record-applied.ts';
import { sealSecret } from '../core/record/seal-secrets.ts';
import type { Entry } from '../ports/applications.ts';
import type { Ports } from '../ports/ports.ts';
import { meansOf } from './means-of.ts';
import { refOf } from './ref-of.ts';

export type Checked = {
  /** With what was learnt: health, and the resourceVersion that needs no second look. */
  recorded: RecordedObject;
  /** What undoes the drift; null where there is none. */
  drift: Applying | null;
};

export async function checkDrift(recorded: RecordedObject, entry: Entry, ports: Ports): Promise<Checked> {
  const { applied } = recorded;
  // Never written: the sync that intended it will do it, or has been given up.
  if (applied === null) return { recorded, drift: null };
  const live = await ports.cluster(entry.cluster).read(refOf(recorded));
  const sealed = live === null ? null : sealSecret(live, ports.installationKey);
  const rules = driftRules(entry.application, recorded.key, defaultHandTools);
  const nomination = findDrift(applied, sealed, rules);
  if (live === null || sealed === null)
    return {
      recorded: withHealth(recorded, applied, null, ports),
      drift: undo(recorded, null, { what: 'deleted', by: [] }, []),
    };
  if (nomination.verdict === 'clean') return { recorded: lookedAt(recorded, applied, live, ports), drift: null };
  const here = withHealth(recorded, applied, live, ports);
  if (nomination.verdict === 'recreated')
    return { recorded: here, drift: undo(recorded, live, { what: 'recreated', by: nomination.by }, []) };
  if (nomination.verdict === 'missing')
    return { recorded: here, drift: undo(recorded, null, { what: 'deleted', by: [] }, []) };
  if (await isEqualAfterAll(recorded, applied, { live, nomination }, entry, ports))
    return { recorded: { ...recorded, applied: settledObject(live, meansOf(ports)) }, drift: null };
  return {
    recorded: here,
    drift: undo(
      recorded,
      live,
      { what: 'changed', by: nomination.by },
      changesOf(recorded, applied, sealed, nomination),
    ),
  };
}

type Drifted = Extract<Nomination, { verdict: 'drifted' }>;

/**
 * Two ways of writing one value, which only the server can tell: then what is live counts as settled. Fields that were
 * added are there, whatever a rehearsal says; and a Secret's values are not in the record, so none can be rehearsed.
 */
async function isEqualAfterAll(
  { manifest, key }: RecordedObject,
  { fieldsV1 }: AppliedObject,
  { live, nomination }: { live: KubernetesObject; nomination: Drifted },
  entry: Entry,
  ports: Ports,
): Promise<boolean> {
  if (nomination.added.length > 0 || key.kind === 'Secret') return false;
  const rehearsal = await ports.cluster(entry.cluster).apply(manifest, { dryRun: true });
  return isDeepStrictEqual(settle(live, fieldsV1), settle(rehearsal, fieldsV1));
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
