/** Reads a folder of this machine as the files of a repository: everything but `.git`, within limits. */
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../core/fault/fault.ts';
import type { FileLimits, SourceFile, SourceFiles } from '../../core/render/source-files.ts';

export const defaultFolderLimits: FileLimits = {
  maxFiles: 50_000,
  maxFileBytes: 32 * 1024 * 1024,
  maxTotalBytes: 512 * 1024 * 1024,
};

/** Paths are relative to the folder. Links are read as links, devices and sockets not at all. Fault render.folder_unreadable. */
export async function readFolder(folder: string, limits: FileLimits = defaultFolderLimits): Promise<SourceFiles> {
  const files = new Map<string, SourceFile>();
  const counted = { folder, limits, totalBytes: 0, files };
  try {
    await readInto(counted, '');
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new Fault('render.folder_unreadable', { path: folder, because: error.message }, { cause: error });
  }
  return files;
}

type Reading = { folder: string; limits: FileLimits; totalBytes: number; files: Map<string, SourceFile> };

/** Entry by entry and in order, so that a limit is met before the memory is gone. */
async function readInto(reading: Reading, below: string): Promise<void> {
  const entries = await readdir(join(reading.folder, below), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== '.git') await readInto(reading, path);
    } else if (entry.isSymbolicLink() || entry.isFile()) {
      if (reading.files.size >= reading.limits.maxFiles) throw tooLarge(reading, `${reading.limits.maxFiles} files`);
      const full = join(reading.folder, path);
      const file = entry.isFile() ? await readPlain(reading, full) : await readLink(full);
      reading.files.set(path, file);
    }
  }
}

async function readPlain(reading: Reading, path: string): Promise<SourceFile> {
  const { size, mode } = await lstat(path);
  const { maxFileBytes, maxTotalBytes } = reading.limits;
  if (size > maxFileBytes) throw tooLarge(reading, `${maxFileBytes} bytes in ${path}`);
  reading.totalBytes += size;
  if (reading.totalBytes > maxTotalBytes) throw tooLarge(reading, `${maxTotalBytes} bytes`);
  return { kind: 'file', bytes: await readFile(path), executable: (mode & 0o100) !== 0 };
}

async function readLink(path: string): Promise<SourceFile> {
  return { kind: 'symlink', target: await readlink(path) };
}

function tooLarge({ folder }: Reading, limit: string): Fault {
  return new Fault('render.folder_unreadable', { path: folder, because: `it holds more than ${limit}` });
}
