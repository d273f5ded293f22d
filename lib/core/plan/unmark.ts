/** Objects that are known to be ours by the record alone: they carry no mark. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { applicationLabel, installationLabel, trackingAnnotation } from '../object/tracking.ts';
import type { RecordedObject } from '../record/record.ts';
import type { Desired } from './desired.ts';
import { hashObject } from './hash-object.ts';

/** The same object without our marks. */
export function unmark(object: KubernetesObject): KubernetesObject {
  const { labels, annotations, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...present('labels', labels, [applicationLabel, installationLabel]),
      ...present('annotations', annotations, [trackingAnnotation]),
    },
  };
}

function present(
  place: 'labels' | 'annotations',
  values: Readonly<Record<string, string>> | undefined,
  ours: readonly string[],
): Pick<KubernetesObject['metadata'], 'labels' | 'annotations'> {
  const kept = Object.entries(values ?? {}).filter(([name]) => !ours.includes(name));
  return kept.length === 0 ? {} : { [place]: Object.fromEntries(kept) };
}

export function unmarked(desired: Desired, hashKey: Uint8Array): Desired {
  const object = unmark(desired.object);
  return { ...desired, object, hash: hashObject(object, hashKey) };
}

/** With marks or without, as a plan has chosen: the one of this hash. null: Git says something else by now. */
export function asPlanned(desired: Desired, hash: string, hashKey: Uint8Array): Desired | null {
  if (desired.hash === hash) return desired;
  const other = unmarked(desired, hashKey);
  return other.hash === hash ? other : null;
}

/** `manifest`: as it was, or is about to be, applied. */
export function isUnmarked({ manifest }: Pick<RecordedObject, 'manifest'>): boolean {
  return manifest.metadata.annotations?.[trackingAnnotation] === undefined;
}

/** True when this very object is ours though it carries no mark: the record's uid says so. */
export function isOurUnmarked(recorded: RecordedObject, live: KubernetesObject): boolean {
  return isUnmarked(recorded) && recorded.applied !== null && recorded.applied.uid === live.metadata.uid;
}
