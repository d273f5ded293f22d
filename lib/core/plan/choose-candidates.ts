/** Compares what Git wants with our record and chooses what has to be looked at: the rest needs no request at all. */
import { formatKey } from '../object/object-key.ts';
import type { ApplicationRecord, RecordedObject } from '../record/record.ts';
import type { Desired } from './desired.ts';

export type Candidates = {
  /** To be rehearsed: new, changed in Git, or suspected of drift. */
  apply: Desired[];
  /** In the record and no longer in Git. */
  remove: RecordedObject[];
  kept: number;
};

export function chooseCandidates(desired: readonly Desired[], record: ApplicationRecord): Candidates {
  const wanted = new Set(desired.map(({ key }) => formatKey(key)));
  const apply = desired.filter(({ key, hash }) => {
    const known = record.objects[formatKey(key)];
    return known?.applied == null || known.desiredHash !== hash;
  });
  const remove = Object.entries(record.objects).flatMap(([name, recorded]) => (wanted.has(name) ? [] : [recorded]));
  return { apply, remove, kept: desired.length - apply.length };
}
