/** Notices that something in a folder changed, by looking at names, sizes and times: works on every file system. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A text that is different whenever a file below the folder is; empty when there is no such folder. */
export async function fingerprintFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const lines = await Promise.all(files.toSorted().map(describeFile));
  return lines.join('\n');
}

async function describeFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? `${path} gone` : `${path} ${found.size} ${found.mtimeMs}`;
}
