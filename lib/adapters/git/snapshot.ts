/** One commit of one repository, as fetched: its trees, and its files when they came too. */
import { Fault } from '../../core/fault/fault.ts';
import { type CommitObject, readCommit } from './read-commit.ts';
import type { GitObject, GitObjects } from './read-pack.ts';
import { readTree, type TreeEntry } from './read-tree.ts';

export type Snapshot = { repoURL: string; sha: string; objects: GitObjects; hasFiles: boolean; sizeBytes: number };
/** As Linux: PATH_MAX. */
const longestPath = 4096;

export type ListedFile = { path: string; kind: 'file' | 'executable' | 'symlink'; id: string };

/** Fault git.revision_not_found when the id is that of something else than a commit. */
export function commitOf({ repoURL, sha, objects }: Snapshot): CommitObject {
  const object = objects.get(sha);
  if (object?.type === 'commit') return readCommit(object.bytes);
  const because = `it is ${object === undefined ? 'not a commit' : `a ${object.type}`}`;
  throw new Fault('git.revision_not_found', { repoURL, targetRevision: sha, because, known: 'commits only' });
}

/**
 * Every file below the root, folder by folder. Submodules are left out: they are other repositories.
 * Faults git.too_large and git.unsafe_path for folders that hold each other many times over and hardly a file.
 */
export function* listFiles(snapshot: Snapshot, { maxFolders }: { maxFolders: number }): Generator<ListedFile> {
  const { repoURL, sha } = snapshot;
  const left = [{ id: commitOf(snapshot).tree, folder: '' }];
  for (let folders = 1; left.length > 0; folders++) {
    const { id: tree, folder } = left.pop() ?? { id: '', folder: '' };
    if (folders > maxFolders)
      throw new Fault('git.too_large', { repoURL, revision: sha, limit: maxFolders, what: 'folders' });
    if (folder.length > longestPath)
      throw new Fault('git.unsafe_path', { repoURL, path: folder, because: 'it is too long' });
    for (const { kind, name, id } of entriesOf(snapshot, tree)) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') left.push({ id, folder: path });
      else if (kind !== 'submodule') yield { path, kind, id };
    }
  }
}

/** Id of the tree or blob at a path; null where there is nothing. */
export function hashOf(snapshot: Snapshot, path: string): string | null {
  let id = commitOf(snapshot).tree;
  let isFolder = true;
  for (const part of path.split('/').filter((name) => name !== '' && name !== '.')) {
    const next: TreeEntry | undefined = isFolder
      ? entriesOf(snapshot, id).find(({ name }) => name === part)
      : undefined;
    if (next === undefined) return null;
    isFolder = next.kind === 'folder';
    id = next.id;
  }
  return id;
}

export function objectOf({ repoURL, objects }: Snapshot, id: string): GitObject {
  const object = objects.get(id);
  if (object === undefined) throw new Fault('git.not_understood', { repoURL, because: `the object ${id} is missing` });
  return object;
}

function entriesOf(snapshot: Snapshot, tree: string): TreeEntry[] {
  return readTree(objectOf(snapshot, tree).bytes);
}
