/** Compares what Git wants with our record and chooses what has to be looked at: the rest needs no request at all. */
import { isDrifted } from '../drift/note-drift.ts';
import { formatKey } from '../object/object-key.ts';
import type { ApplicationRecord, RecordedObject } from '../record/record.ts';
import type { Desired } from './desired.ts';

export type Candidates = {
  /** To be rehearsed: new, changed in Git, or drifted and left so until now. */
  apply: Desired[];
  /** In the record and no longer in Git. */
  remove: RecordedObject[];
  kept: number;
};

/** `drifted`: formatted keys of the objects that are known to differ from the record, `*` for all of them. */
export function chooseCandidates(
  desired: readonly Desired[],
  record: ApplicationRecord,
  drifted: readonly string[],
): Candidates {
  const wanted = new Set(desired.map(({ key }) => formatKey(key)));
  const apply = desired.filter(({ key, hash }) => {
    const name = formatKey(key);
    const known = record.objects[name];
    return known?.applied == null || known.desiredHash !== hash || isDrifted(drifted, name);
  });
  const remove = Object.entries(record.objects).flatMap(([name, recorded]) => (wanted.has(name) ? [] : [recorded]));
  return { apply, remove, kept: desired.length - apply.length };
}
