/** Which objects a selective sync is about: Argo CD's `--resource GROUP:KIND:[NAMESPACE/]NAME`, `!` before it excludes, and `--label`. */
import picomatch from 'picomatch';
import { Fault } from '../fault/fault.ts';
import type { ObjectKey } from '../object/object-key.ts';

/** Globs. `namespace` null: any. */
export type ResourcePattern = {
  group: string;
  kind: string;
  namespace: string | null;
  name: string;
  exclude: boolean;
};

export type ResourceSelection = { resources: ResourcePattern[]; labels: Record<string, string> };

/** Fault sync.selection_invalid. */
export function readResourcePattern(written: string): ResourcePattern {
  const exclude = written.startsWith('!');
  const parts = (exclude ? written.slice(1) : written).split(':');
  const [group, kind, named] = parts;
  if (parts.length !== 3 || group === undefined || !kind || !named)
    throw new Fault('sync.selection_invalid', { found: written, allowed: '[!]GROUP:KIND:[NAMESPACE/]NAME' });
  const slash = named.indexOf('/');
  return {
    group,
    kind,
    namespace: slash < 0 ? null : named.slice(0, slash),
    name: named.slice(slash + 1),
    exclude,
  };
}

/** Fault sync.selection_invalid. */
export function readLabel(written: string): [string, string] {
  const [name, value, ...rest] = written.split('=');
  if (!name || value === undefined || rest.length > 0)
    throw new Fault('sync.selection_invalid', { found: written, allowed: 'KEY=VALUE' });
  return [name, value];
}

/** What is excluded is out, whatever includes it; with nothing but exclusions all the rest is in. */
export function isSelected(
  { key, labels }: { key: ObjectKey; labels: Readonly<Record<string, string>> | undefined },
  selection: ResourceSelection,
): boolean {
  const hasLabels = Object.entries(selection.labels).every(([name, value]) => labels?.[name] === value);
  const excluding = selection.resources.filter(({ exclude }) => exclude);
  const including = selection.resources.filter(({ exclude }) => !exclude);
  if (!hasLabels || excluding.some((pattern) => matches(pattern, key))) return false;
  return including.length === 0 || including.some((pattern) => matches(pattern, key));
}

function matches({ group, kind, namespace, name }: ResourcePattern, key: ObjectKey): boolean {
  return (
    isLike(group, key.group) &&
    isLike(kind, key.kind) &&
    isLike(name, key.name) &&
    (namespace === null || isLike(namespace, key.namespace))
  );
}

function isLike(glob: string, text: string): boolean {
  // The core group is an empty word, which picomatch's `*` passes by.
  if (glob === text || glob === '*') return true;
  return glob !== '' && picomatch.isMatch(text, glob);
}
