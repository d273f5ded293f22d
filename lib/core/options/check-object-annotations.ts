/** Finds annotations of one object that ask for what nobody will do: unknown options are warned of, unknown words of our own are refused. */
import { nearestName } from '../config/nearest-name.ts';
import { Fault } from '../fault/fault.ts';
import type { Manifest } from '../object/manifest.ts';
import { formatKey, keyOf } from '../object/object-key.ts';
import { trackingAnnotation } from '../object/tracking.ts';
import { checkSyncOptions } from './check-sync-options.ts';
import { writtenOptions } from './read-object-options.ts';
import { allowedTracking, readTracking, trackingModeAnnotation } from './tracking-mode.ts';

const ours = 'trueup.dev/';

/** What may be written on an object under our name; a dump of a live object carries our id, which is written anew. */
const knownAnnotations = [trackingAnnotation, trackingModeAnnotation];

/** Fault object.unknown_annotation. */
export function checkObjectAnnotations({ object, origin }: Manifest): { warnings: string[]; faults: Fault[] } {
  const name = formatKey(keyOf(object));
  const warnings = checkSyncOptions(writtenOptions(object), 'object').map(
    (text) => `${origin.file}:${origin.line}: ${name}: ${text}`,
  );
  const unknown = Object.keys(object.metadata.annotations ?? {}).filter(
    (annotation) => annotation.startsWith(ours) && !knownAnnotations.includes(annotation),
  );
  const faults = unknown.map((annotation) => {
    const nearest = nearestName(annotation, knownAnnotations);
    const allowed = nearest === null ? knownAnnotations.join(', ') : `did you mean ${nearest}?`;
    return new Fault('object.unknown_annotation', { ...origin, object: name, annotation, allowed });
  });
  return { warnings, faults: [...faults, ...badTracking({ object, origin })] };
}

function badTracking({ object, origin }: Manifest): Fault[] {
  const written = object.metadata.annotations?.[trackingModeAnnotation];
  if (written === undefined || readTracking(object.metadata.annotations) !== null) return [];
  const annotation = `${trackingModeAnnotation}: ${written}`;
  const facts = { object: formatKey(keyOf(object)), annotation, allowed: allowedTracking };
  return [new Fault('object.unknown_annotation', { ...origin, ...facts })];
}
