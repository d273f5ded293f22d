/** Paths inside a repository: `a/b`, `.` for its root. */
import { posix } from 'node:path';
import type { PlainFiles } from './resolve-links.ts';

/** `path` as written in a file of `folder`; a leading `/` means the root of the repository. null: it leads out of it. */
export function resolvePath(folder: string, path: string): string | null {
  const joined = path.startsWith('/') ? posix.normalize(path.slice(1) || '.') : posix.join(folder, path);
  const clean = joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
  return clean === '..' || clean.startsWith('../') || clean.startsWith('/') ? null : clean;
}

export function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

/** `a/b` below `a` is `b`. */
export function relativeTo(folder: string, path: string): string {
  return folder === '.' ? path : path.slice(folder.length + 1);
}

export function inFolder(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}

export function isFolder(files: PlainFiles, path: string): boolean {
  if (path === '.') return true;
  for (const name of files.keys()) if (name.startsWith(`${path}/`)) return true;
  return false;
}

/** What lies directly in a folder, folders with a trailing slash: for "the repository has: …". */
export function listFolder(files: PlainFiles, folder: string): string[] {
  const names = new Set<string>();
  for (const path of files.keys()) {
    if (path === folder || !isWithin(path, folder)) continue;
    const [first = '', ...deeper] = relativeTo(folder, path).split('/');
    names.add(deeper.length > 0 ? `${first}/` : first);
  }
  return [...names].sort();
}

/** Joined to any folder it stays below it: `a/b`, or `.` for the folder itself. */
export function staysInside(path: string): boolean {
  if (path === '.') return true;
  return !path.includes('\0') && path.split('/').every((name) => !['', '.', '..'].includes(name));
}
