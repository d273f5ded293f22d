/** How an object is known to be ours: by marks on it, or by the record alone. */
export type TrackingMode = 'label' | 'inventory';

/** On an Application, or on one object in Git. */
export const trackingModeAnnotation = 'trueup.dev/tracking';

export const allowedTracking = 'label or inventory';

/** null: not written, or not allowed. */
export function readTracking(annotations: Readonly<Record<string, string>> | undefined): TrackingMode | null {
  const written = annotations?.[trackingModeAnnotation];
  return written === 'label' || written === 'inventory' ? written : null;
}
