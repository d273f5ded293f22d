/** Whether the Applications of a project may have an object of this kind. */
import type { ObjectKey } from '../object/object-key.ts';
import { matchesGlob } from '../render/glob.ts';
import type { PermittedKind, Project } from './project.ts';

type Lists = Pick<
  Project,
  'clusterResourceWhitelist' | 'clusterResourceBlacklist' | 'namespaceResourceWhitelist' | 'namespaceResourceBlacklist'
>;

/** The defaults differ, as in Argo CD: no list permits every namespaced kind, and no cluster-scoped one. */
export function permitsKind(lists: Lists, key: ObjectKey): boolean {
  const means = (pattern: PermittedKind) => meansObject(pattern, key);
  if (key.namespace === '') {
    return lists.clusterResourceWhitelist.some(means) && !lists.clusterResourceBlacklist.some(means);
  }
  const isListed = lists.namespaceResourceWhitelist?.some(means) ?? true;
  return isListed && !lists.namespaceResourceBlacklist.some(means);
}

function meansObject(pattern: PermittedKind, { group, kind, name }: ObjectKey): boolean {
  return matchesGlob(pattern.group, group) && matchesGlob(pattern.kind, kind) && matchesGlob(pattern.name, name);
}
