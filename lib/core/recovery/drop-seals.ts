/**
 * Takes out of a record what only another installation key can read. What stood for secret values is no longer compared, and
 * the next sync applies the Secret from Git, which changes nothing where it is equal.
 */
import { type FieldPath, fieldPaths, removePaths } from '../drift/field-paths.ts';
import { isRecord } from '../object/is-record.ts';
import { isSecret } from '../object/is-secret.ts';
import type { ApplicationRecord, AppliedObject, RecordedObject } from '../record/record.ts';
import { isSealed } from '../record/seal-secrets.ts';

export function dropSeals({ objects }: ApplicationRecord): ApplicationRecord {
  return { objects: Object.fromEntries(Object.entries(objects).map(([name, item]) => [name, dropSealsOf(item)])) };
}

function dropSealsOf(recorded: RecordedObject): RecordedObject {
  if (!isSecret(recorded.manifest)) return recorded;
  const { data: _data, stringData: _stringData, ...manifest } = recorded.manifest;
  return {
    ...recorded,
    desiredHash: '',
    manifest,
    applied: recorded.applied === null ? null : withoutSeals(recorded.applied),
  };
}

/** With the resourceVersion goes the short way of telling that nothing changed. */
function withoutSeals({ fieldsV1, settled, ...applied }: AppliedObject): AppliedObject {
  const sealed = fieldPaths(fieldsV1).filter((path) => isSealed(valueAt(settled, path)));
  const kept = removePaths(fieldsV1, sealed);
  return { ...applied, resourceVersion: '', fieldsV1: kept, settled: project(settled, kept) };
}

function valueAt(settled: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((value, segment) => (isRecord(value) ? value[segment] : undefined), settled);
}

/** `settled` is keyed like the fields. */
function project(settled: unknown, fields: AppliedObject['fieldsV1']): unknown {
  const names = Object.keys(fields).filter((name) => name !== '.');
  if (names.length === 0 || !isRecord(settled)) return settled;
  return Object.fromEntries(names.map((name) => [name, project(settled[name], fields[name] ?? {})]));
}
