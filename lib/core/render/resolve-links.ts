/** Replaces symbolic links by what they lead to, so that no renderer ever follows one. */
import { Fault } from '../fault/fault.ts';
import type { SourceFile, SourceFiles } from './source-files.ts';

export type PlainFile = Extract<SourceFile, { kind: 'file' }>;
export type PlainFiles = ReadonlyMap<string, PlainFile>;

type Limits = { repoURL: string; maxFiles: number };
type Folder = Map<string, Node>;
type Leaf = { path: string; file: SourceFile };
type Node = Folder | Leaf;

/** As Linux: more links than this on one way are a loop (ELOOP). */
const longestWay = 40;
/** Links to folders of links multiply without ever reaching a file, so folders and links count as well, more kindly. */
const entriesPerFile = 10;

/**
 * A link to a folder becomes a copy of the folder (the bytes are shared); a link to nothing is left out, as reading it
 * would find nothing. Faults: git.unsafe_path for a link that leads out of the repository or back to itself,
 * git.too_large when links multiply the tree beyond `maxFiles`.
 */
export function resolveLinks(files: SourceFiles, limits: Limits): PlainFiles {
  const root = asTree(files);
  const plain = new Map<string, PlainFile>();
  let entries = 0;
  const copy = (path: string, node: Node, within: readonly Folder[]): void => {
    entries += 1;
    if (isTooMany(plain.size, entries, limits)) throw tooMany(limits);
    if (node instanceof Map) {
      if (within.includes(node)) throw loop(path, limits);
      for (const [name, child] of node) copy(path === '' ? name : `${path}/${name}`, child, [...within, node]);
    } else if (node.file.kind === 'file') {
      plain.set(path, node.file);
    } else {
      const target = follow(node, root, limits);
      if (target !== null) copy(path, target, within);
    }
  };
  copy('', root, []);
  return plain;
}

function isTooMany(files: number, entries: number, { maxFiles }: Limits): boolean {
  return files > maxFiles || entries > maxFiles * entriesPerFile;
}

function asTree(files: SourceFiles): Folder {
  const root: Folder = new Map();
  for (const [path, file] of files) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      const there = folder.get(part);
      const next: Folder = there instanceof Map ? there : new Map();
      folder.set(part, next);
      folder = next;
    }
    folder.set(name, { path, file });
  }
  return root;
}

/** Walks as the kernel does: part by part, links in the middle included, `..` from where the way really is. */
function follow(link: Leaf, root: Folder, limits: Limits): Node | null {
  const way: Node[] = wayTo(link, root);
  let left = partsOf(link, limits);
  for (let links = 1; left.length > 0; ) {
    const [part = '', ...rest] = left;
    left = rest;
    const here = way.at(-1) ?? root;
    if (part === '..') {
      if (way.pop() === undefined) throw outside(link, limits);
      continue;
    }
    const next = here instanceof Map ? here.get(part) : undefined;
    if (next === undefined) return null;
    if (next instanceof Map || next.file.kind === 'file') {
      way.push(next);
      continue;
    }
    links += 1;
    if (links > longestWay) throw loop(link.path, limits);
    left = [...partsOf(next, limits), ...left];
  }
  return way.at(-1) ?? root;
}

function wayTo(link: Leaf, root: Folder): Node[] {
  const way: Node[] = [];
  let folder: Node = root;
  for (const name of link.path.split('/').slice(0, -1)) {
    const next: Node | undefined = folder instanceof Map ? folder.get(name) : undefined;
    if (next === undefined) break;
    way.push(next);
    folder = next;
  }
  return way;
}

function partsOf(link: Leaf, limits: Limits): string[] {
  if (link.file.kind !== 'symlink') return [];
  const { target } = link.file;
  if (target.startsWith('/') || target.includes('\0')) throw outside(link, limits);
  return target.split('/').filter((part) => part !== '' && part !== '.');
}

function outside({ path }: Leaf, { repoURL }: Limits): Fault {
  return new Fault('git.unsafe_path', { path, repoURL, because: 'the link leads out of the repository' });
}

function loop(path: string, { repoURL }: Limits): Fault {
  return new Fault('git.unsafe_path', { path, repoURL, because: 'the link leads back to itself' });
}

function tooMany({ repoURL, maxFiles }: Limits): Fault {
  return new Fault('git.too_large', {
    repoURL,
    revision: 'this commit',
    limit: maxFiles,
    what: 'files, links followed',
  });
}
