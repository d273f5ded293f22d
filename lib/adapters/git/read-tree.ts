/** Reads a tree object: one folder. https://git-scm.com/docs/git-mktree */

export type TreeEntry = { kind: 'file' | 'executable' | 'symlink' | 'folder' | 'submodule'; name: string; id: string };

/** Throws a RangeError when the bytes are no tree. */
export function readTree(bytes: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, space);
    if (space < 0 || zero < 0 || zero + 21 > bytes.length) throw new RangeError('not a tree');
    const mode = Number.parseInt(bytes.toString('latin1', at, space), 8);
    const name = bytes.toString('utf8', space + 1, zero);
    entries.push({ kind: kindOf(mode), name, id: bytes.toString('hex', zero + 1, zero + 21) });
    at = zero + 21;
  }
  return entries;
}

function kindOf(mode: number): TreeEntry['kind'] {
  switch (mode & 0o170000) {
    case 0o040000:
      return 'folder';
    case 0o120000:
      return 'symlink';
    case 0o160000:
      return 'submodule';
    default:
      return mode & 0o100 ? 'executable' : 'file';
  }
}
