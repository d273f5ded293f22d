/** What differs between two states of an object, for people: readable paths, no noise of the server, no secret, no end of lines. */
import { isRecord } from '../object/is-record.ts';
import { lastAppliedAnnotation } from '../object/is-secret.ts';
import type { KubernetesObject, ObjectMeta } from '../object/kubernetes-object.ts';
import { diffValues } from './diff-values.ts';
import type { FieldChange } from './field-change.ts';
import { maskSecrets } from './mask-secrets.ts';
import { shortenChange } from './shorten-change.ts';

export type DiffLimits = { maxChanges: number; maxLength: number };

const defaultLimits: DiffLimits = { maxChanges: 40, maxLength: 160 };

/**
 * null: the object is not there. An object that comes or goes is one change with the path ``. A last change with the
 * path `…` says how many were left out.
 */
export function diffObjects(
  from: KubernetesObject | null,
  to: KubernetesObject | null,
  { maxChanges, maxLength }: DiffLimits = defaultLimits,
): FieldChange[] {
  const [before, after] = maskSecrets([from, to]).map(withoutNoise);
  const changes = diffValues('', before, after);
  const shown = changes.slice(0, maxChanges).map((change) => shortenChange(change, maxLength));
  const rest = changes.length - shown.length;
  return rest > 0 ? [...shown, { path: '…', to: `${rest} more` }] : shown;
}

/** Written by the server with every change, or by us to know what is ours. */
const serverFields = ['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'selfLink'];
const noisyAnnotations = [lastAppliedAnnotation, 'deployment.kubernetes.io/revision'];
const ourPrefix = 'trueup.dev/';

function withoutNoise(object: KubernetesObject | null | undefined): Record<string, unknown> | undefined {
  if (!object) return undefined;
  const { status: _status, metadata, ...rest } = object;
  return { ...rest, metadata: withoutServerFields(metadata) };
}

function withoutServerFields(metadata: ObjectMeta): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(metadata)
      .filter(([name]) => !serverFields.includes(name))
      .map(([name, value]) => [name, name === 'labels' || name === 'annotations' ? withoutOurs(value) : value])
      .filter(([, value]) => value !== undefined),
  );
}

/** A map in which only ours stood is as good as absent. */
function withoutOurs(values: unknown): unknown {
  if (!isRecord(values)) return values ?? undefined;
  const kept = Object.entries(values).filter(
    ([name]) => !name.startsWith(ourPrefix) && !noisyAnnotations.includes(name),
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
