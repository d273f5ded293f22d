/** Takes what is excluded out of what Git wants, with a word on each, and out of the record: neither applied, compared nor pruned. */
import type { Customizations } from '../customization/customizations.ts';
import { isExcluded } from '../customization/is-excluded.ts';
import { formatKey } from '../object/object-key.ts';
import type { ApplicationRecord } from '../record/record.ts';
import type { Desired } from './desired.ts';

type Where = { cluster: string; customizations: Customizations };

export function leaveOutExcluded(
  desired: readonly Desired[],
  { cluster, customizations }: Where,
): { desired: Desired[]; warnings: string[] } {
  const excluded = desired.filter(({ key }) => isExcluded(key, cluster, customizations));
  return {
    desired: desired.filter((item) => !excluded.includes(item)),
    warnings: excluded.map(
      ({ key, origin }) => `${origin.file}:${origin.line}: ${formatKey(key)} is of an excluded kind and was left out`,
    ),
  };
}

export function forgetExcluded({ objects }: ApplicationRecord, { cluster, customizations }: Where): ApplicationRecord {
  const kept = Object.entries(objects).filter(([, { key }]) => !isExcluded(key, cluster, customizations));
  return { objects: Object.fromEntries(kept) };
}
