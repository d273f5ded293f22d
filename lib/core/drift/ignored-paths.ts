/** An Application's `ignoreDifferences` as a question about a field path. */
import type { Application, IgnoreDifference } from '../application/application.ts';
import type { ManagedFieldsEntry } from '../object/kubernetes-object.ts';
import type { ObjectKey } from '../object/object-key.ts';
import { type FieldPath, ownsPath } from './field-paths.ts';
import type { DriftRules } from './find-drift.ts';

/** The rules for one object. JSON pointers ignore what they name and all below it; jq expressions are warned of elsewhere. */
export function driftRules(
  application: Pick<Application, 'ignoreDifferences'>,
  key: ObjectKey,
  handTools: readonly string[],
): DriftRules {
  const rules = application.ignoreDifferences.filter((rule) => appliesTo(rule, key));
  const pointers = rules.flatMap((rule) => rule.jsonPointers.map(segmentsOf));
  const managers = new Set(rules.flatMap((rule) => rule.managedFieldsManagers));
  return {
    handTools,
    ignores: (path, entries) =>
      pointers.some((pointer) => startsWith(path, pointer)) || ownedBy(managers, path, entries),
  };
}

function appliesTo(rule: IgnoreDifference, key: ObjectKey): boolean {
  if (rule.name !== undefined && rule.name !== key.name) return false;
  if (rule.namespace !== undefined && rule.namespace !== key.namespace) return false;
  return globMatches(rule.group, key.group) && globMatches(rule.kind, key.kind);
}

function globMatches(glob: string, text: string): boolean {
  const pattern = glob
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(text);
}

/** RFC 6901. */
function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A pointer names list items by index, a field path by key: an item segment matches any index. */
function startsWith(path: FieldPath, pointer: readonly string[]): boolean {
  if (pointer.length > path.length) return false;
  return pointer.every((part, index) => {
    const segment = path[index] ?? '';
    return segment.startsWith('f:') ? segment.slice(2) === part : /^\d+$/.test(part);
  });
}

function ownedBy(managers: ReadonlySet<string>, path: FieldPath, entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.some((entry) => managers.has(entry.manager) && ownsPath(entry.fieldsV1 ?? {}, path));
}
