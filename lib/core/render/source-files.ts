/** The files of a repository at one commit, by path relative to its root, `/` between folders. */
export type SourceFile = { kind: 'file'; bytes: Uint8Array; executable: boolean } | { kind: 'symlink'; target: string };

export type SourceFiles = ReadonlyMap<string, SourceFile>;

/** Bounds on what one fetch may bring. */
export type FileLimits = { maxFiles: number; maxFileBytes: number; maxTotalBytes: number };
