/** Whether a sync window means an Application: by its name, its namespace or its cluster, as globs. */
import { matchesGlob } from '../render/glob.ts';
import type { SyncWindow } from './sync-window.ts';

/** `clusters`: whatever its cluster is called: names and servers. */
export type Windowed = { name: string; namespace: string; clusters: readonly string[] };

/** A window without any list means nobody. As in Argo CD a list that is empty says nothing, also with `andOperator`. */
export function matchesWindow(window: SyncWindow, { name, namespace, clusters }: Windowed): boolean {
  const lists: [string[], readonly string[]][] = [
    [window.applications, [name]],
    [window.namespaces, [namespace]],
    [window.clusters, clusters],
  ];
  const answers = lists
    .filter(([globs]) => globs.length > 0)
    .map(([globs, values]) => globs.some((glob) => values.some((value) => matchesGlob(glob, value))));
  return window.andOperator ? answers.length > 0 && answers.every(Boolean) : answers.some(Boolean);
}
