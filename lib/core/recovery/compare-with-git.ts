/**
 * Compares an object found in the cluster with what Git makes of it, as a dry-run apply of the manifest tells: the only
 * witness left when the record is gone.
 */
import { fieldPaths, fieldsAt, ownsPath } from '../drift/field-paths.ts';
import { type DriftRules, findDrift } from '../drift/find-drift.ts';
import { isHandEdit } from '../drift/hand-tools.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Desired } from '../plan/desired.ts';
import type { AppliedObject, RecordedObject } from '../record/record.ts';
import { intend, type Means, recordApplied, settledObject } from '../record/record-applied.ts';
import { sealSecret } from '../record/seal-secrets.ts';

export type Compared = {
  /** `edited`: by a hand tool. `differs`: Git moved, or whoever it was left no trace. */
  verdict: 'same' | 'edited' | 'differs';
  /** `same`: nothing is left to do. `edited`: as it ought to be, so that it is found as drift. `differs`: the next sync applies it. */
  recorded: RecordedObject;
};

/** `rehearsal` null: the API server refuses what Git wants. */
export function compareWithGit(
  { wanted, live, rehearsal }: { wanted: Desired; live: KubernetesObject; rehearsal: KubernetesObject | null },
  rules: DriftRules,
  means: Means,
): Compared {
  const now = settledObject(live, means);
  const differs: Compared = {
    verdict: 'differs',
    recorded: { ...intend(wanted, means.key), desiredHash: '', applied: now },
  };
  if (rehearsal === null || live.apiVersion !== rehearsal.apiVersion) return differs;
  // A rehearsal that changes nothing comes back with the live resourceVersion, at which nothing would be compared.
  const then: AppliedObject = { ...settledObject(rehearsal, means), resourceVersion: '' };
  const nomination = findDrift(then, sealSecret(live, means.key), rules);
  if (nomination.verdict === 'clean') {
    const leftOut = fieldPaths(now.fieldsV1).some((path) => !ownsPath(then.fieldsV1, path));
    return leftOut ? differs : { verdict: 'same', recorded: recordApplied(wanted, live, means) };
  }
  if (nomination.verdict !== 'drifted') return differs;
  const paths = [...nomination.changed, ...nomination.added];
  const byHand = (live.metadata.managedFields ?? [])
    .filter((entry) => isHandEdit(entry, rules.handTools))
    .some(({ fieldsV1 = {} }) => paths.some((path) => fieldsAt(fieldsV1, path) !== undefined));
  if (!byHand) return differs;
  return {
    verdict: 'edited',
    recorded: { ...intend(wanted, means.key), applied: { ...then, health: means.assess(live) } },
  };
}
