/** A fleet that is a folder of this machine. */
import { resolve } from 'node:path';
import type { Fleet } from '../../ports/fleet.ts';
import { readFolder } from './read-folder.ts';

/** Fault render.folder_unreadable. */
export function folderFleet(path: string): Fleet {
  const folder = resolve(path);
  return { read: async () => ({ files: await readFolder(folder), at: folder }) };
}
