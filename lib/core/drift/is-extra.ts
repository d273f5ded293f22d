/** Whether a live object is one that nobody put into Git: it says it belongs to an Application that does not have it. */
import type { Customizations } from '../customization/customizations.ts';
import { isExcluded } from '../customization/is-excluded.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { formatKey, keyOf } from '../object/object-key.ts';
import { readApplicationOptions } from '../options/read-application-options.ts';
import { readObjectOptions } from '../options/read-object-options.ts';
import { trackedBy } from '../plan/mark.ts';

export type Owner = {
  application: string;
  cluster: string;
  /** Formatted keys of what Git has and wants let alone. */
  letGo: readonly string[];
  customizations: Pick<Customizations, 'exclusions' | 'inclusions'>;
};

const noOptions = readApplicationOptions([]);

/** Of an object that is not in the record of its Application, or is there as an extra one. A copy describes another object, and is nobody's. */
export function isExtra(live: KubernetesObject, { application, cluster, letGo, customizations }: Owner): boolean {
  const key = keyOf(live);
  return (
    trackedBy(live) === application &&
    live.metadata.deletionTimestamp === undefined &&
    readObjectOptions(live, noOptions).apply !== 'never' &&
    !letGo.includes(formatKey(key)) &&
    !isExcluded(key, cluster, customizations)
  );
}

/** `compare-options: IgnoreExtraneous`: that it is there makes no difference. */
export function isIgnoredExtra(live: KubernetesObject): boolean {
  return readObjectOptions(live, noOptions).ignoreExtraneous;
}
