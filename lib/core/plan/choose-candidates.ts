/** Compares what Git wants with our record and chooses what has to be looked at: the rest needs no request at all. */
import { isDrifted } from '../drift/note-drift.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { formatKey, type ObjectKey } from '../object/object-key.ts';
import type { ApplicationRecord, RecordedObject } from '../record/record.ts';
import { isSelected, type ResourceSelection } from '../sync/selection.ts';
import type { Desired } from './desired.ts';

export type Candidates = {
  /** To be rehearsed: new, changed in Git, or drifted and left so until now. */
  apply: Desired[];
  /** In the record and no longer in Git. */
  remove: RecordedObject[];
  kept: number;
};

export type Choice = {
  /** Formatted keys of the objects that are known to differ from the record, `*` for all of them. */
  drifted: readonly string[];
  /** null: everything. */
  only: ResourceSelection | null;
};

export function chooseCandidates(
  desired: readonly Desired[],
  record: ApplicationRecord,
  { drifted, only }: Choice,
): Candidates {
  const isChosen = (key: ObjectKey, { metadata: { labels } }: KubernetesObject) =>
    only === null || isSelected({ key, labels }, only);
  const wanted = new Set(desired.map(({ key }) => formatKey(key)));
  const apply = desired.filter(({ key, object, hash, options }) => {
    const name = formatKey(key);
    const known = record.objects[name];
    if (options.apply === 'never' || !isChosen(key, object)) return false;
    if (known?.applied == null) return true;
    // Made once, then left alone: all that can be the matter with it is that it is gone.
    if (options.apply === 'ifAbsent') return isDrifted(drifted, name);
    return known.desiredHash !== hash || isDrifted(drifted, name);
  });
  const remove = Object.entries(record.objects).flatMap(([name, recorded]) =>
    wanted.has(name) || !isChosen(recorded.key, recorded.manifest) ? [] : [recorded],
  );
  return { apply, remove, kept: desired.length - apply.length };
}
