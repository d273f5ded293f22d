/** The kinds whose objects can be listed, each once. */
import { groupOf } from '../core/object/object-key.ts';
import type { ServedKind } from '../ports/cluster.ts';

export type KindFilter = (kind: { group: string; kind: string }) => boolean;

/** One version of each kind lists all its objects. What cannot be watched is computed, not kept: ComponentStatus, metrics. */
export function listableKinds(kinds: readonly ServedKind[], isWanted: KindFilter): ServedKind[] {
  const byKind = new Map<string, ServedKind>();
  for (const served of kinds) {
    const kind = { group: groupOf(served.apiVersion), kind: served.kind };
    const name = `${kind.group}/${served.plural}`;
    const isKept = served.verbs.includes('list') && served.verbs.includes('watch');
    if (isKept && isWanted(kind) && !byKind.has(name)) byKind.set(name, served);
  }
  return [...byKind.values()];
}
