/**
 * Masks the values of Secrets, so that an event, a notice or a page can show that one changed and never what it is.
 * As in Argo CD, masks are runs of `+`, and of different length for different values of one name.
 */
import { isRecord } from '../object/is-record.ts';
import { isSecret, lastAppliedAnnotation } from '../object/is-secret.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { ObjectKey } from '../object/object-key.ts';
import { foldStringData } from '../record/seal-secrets.ts';
import type { FieldChange } from './field-change.ts';
import { redactText, secretForms } from './redact-text.ts';

/** The objects are sides of one comparison: equal values get equal masks. Objects of other kinds come back as they are. */
export function maskSecrets(objects: readonly (KubernetesObject | null)[]): (KubernetesObject | null)[] {
  const maskFor = maskTable();
  const forms = secretForms(objects.filter((object) => object !== null));
  return objects.map((object) => (object === null || !isSecret(object) ? object : maskSecret(object, forms, maskFor)));
}

/** The parts of a Secret that hold no values: anything else is masked. */
const open = /^(type|immutable|metadata\.(labels|finalizers|ownerReferences))\b/;

/** For comparisons that did not go through `diffObjects`. Equal values get equal masks within a field. Changes of other kinds come back as they are. */
export function maskChanges(changes: readonly FieldChange[], object: ObjectKey): FieldChange[] {
  if (object.kind !== 'Secret' || object.group !== '') return [...changes];
  const maskFor = maskTable();
  return changes.map((change) => {
    if (open.test(change.path)) return change;
    const masked = Object.entries(change).filter(([side, value]) => side !== 'path' && value !== undefined);
    return {
      path: change.path,
      ...Object.fromEntries(masked.map(([side, value]) => [side, maskFor(change.path, value)])),
    };
  });
}

type MaskFor = (name: string, value: unknown) => string;

/** Gives each value of a name the next longer run of `+`. */
function maskTable(): MaskFor {
  const masks = new Map<string, Map<string, string>>();
  return (name, value) => {
    const known = masks.get(name) ?? new Map<string, string>();
    masks.set(name, known);
    const text = JSON.stringify(value) ?? '';
    const mask = known.get(text) ?? '+'.repeat(8 + known.size);
    known.set(text, mask);
    return mask;
  };
}

function maskSecret(object: KubernetesObject, forms: readonly string[], maskFor: MaskFor): KubernetesObject {
  const folded = foldStringData(object);
  const annotations = object.metadata.annotations;
  return {
    ...folded,
    metadata: annotations
      ? { ...object.metadata, annotations: maskAnnotations(annotations, forms, maskFor) }
      : object.metadata,
    ...('data' in folded ? { data: maskValues(folded.data, maskFor) } : {}),
    ...('stringData' in folded ? { stringData: maskValues(folded.stringData, maskFor) } : {}),
  };
}

function maskValues(values: unknown, maskFor: MaskFor): unknown {
  if (values === null || values === undefined) return values;
  if (!isRecord(values)) return maskFor('', values);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, maskFor(name, value)]));
}

/** Tools besides kubectl copy whole objects into annotations too, so the values are looked for in all of them. */
function maskAnnotations(
  annotations: Record<string, string>,
  forms: readonly string[],
  maskFor: MaskFor,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [
      name,
      name === lastAppliedAnnotation
        ? maskFor(`metadata.annotations[${name}]`, value)
        : redactText(String(value), forms),
    ]),
  );
}
