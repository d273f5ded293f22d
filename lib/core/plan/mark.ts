/** The values of the marks on our objects (DESIGN section 7, "On objects"). */
import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { keyOf, type ObjectKey } from '../object/object-key.ts';
import { trackingAnnotation } from '../object/tracking.ts';

const longestLabel = 63;

/** A label value holds 63 characters; a longer name stands as its beginning and a hash. */
export function applicationLabelValue(application: string): string {
  if (application.length <= longestLabel) return application;
  const hash = createHash('sha256').update(application).digest('hex').slice(0, 12);
  return `${application.slice(0, longestLabel - 13)}-${hash}`;
}

export function trackingId(application: string, key: ObjectKey): string {
  return `${application}:${key.group}/${key.kind}:${key.namespace}/${key.name}`;
}

/** Who an object says it belongs to; null when the id is missing or describes another object (a copy made by an operator). */
export function trackedBy(object: KubernetesObject): string | null {
  const id = object.metadata.annotations?.[trackingAnnotation];
  if (id === undefined) return null;
  const application = id.slice(0, id.indexOf(':'));
  return id === trackingId(application, keyOf(object)) ? application : null;
}
