/** Files without links, as core functions take them once links are resolved. */
import type { PlainFile } from '../../lib/core/render/resolve-links.ts';
import { sourceFiles } from './source-files.ts';

export function plainFiles(texts: Record<string, string>): Map<string, PlainFile> {
  return new Map([...sourceFiles(texts)].flatMap(([path, file]) => (file.kind === 'file' ? [[path, file]] : [])));
}
