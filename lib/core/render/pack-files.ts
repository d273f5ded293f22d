/** The files of a repository and words about them as one run of bytes: the length of a JSON header, the header, the files. */
import * as z from 'zod';
import { Fault } from '../fault/fault.ts';
import { readJson } from '../object/read-json.ts';
import { staysInside } from './repository-path.ts';
import type { SourceFile, SourceFiles } from './source-files.ts';

/** `about`: any JSON. */
export type Pack = { about: unknown; files: SourceFiles };

export function packFiles({ about, files }: Pack): Uint8Array {
  const entries = [...files].map(([path, file]) => entryOf(path, file));
  const header = new TextEncoder().encode(JSON.stringify({ about, files: entries }));
  const contents = [...files.values()].map((file) => (file.kind === 'file' ? file.bytes : new Uint8Array()));
  return join([lengthOf(header), header, ...contents]);
}

/** The files share the bytes given. Fault render.remote_failed for what `packFiles` does not make. */
export function unpackFiles(bytes: Uint8Array): Pack {
  const { about, files: entries, bodyAt } = readHeader(bytes);
  const files = new Map<string, SourceFile>();
  let at = bodyAt;
  for (const entry of entries) {
    if (entry.path === '.' || !staysInside(entry.path)) throw unreadable('a path in it leads out of it');
    if (files.has(entry.path)) throw unreadable('a path stands in it twice');
    files.set(entry.path, fileAt(bytes, at, entry));
    at += 'target' in entry ? 0 : entry.sizeBytes;
  }
  if (at !== bytes.length) throw unreadable('it is longer or shorter than it says');
  return { about, files };
}

type Entry = { path: string; sizeBytes: number; executable: boolean } | { path: string; target: string };

/** Of the header, big-endian. */
const lengthBytes = 4;

const headerShape = z.strictObject({
  about: z.unknown(),
  files: z.array(
    z.union([
      z.strictObject({ path: z.string(), sizeBytes: z.int().min(0), executable: z.boolean() }),
      z.strictObject({ path: z.string(), target: z.string() }),
    ]),
  ),
});

function entryOf(path: string, file: SourceFile): Entry {
  if (file.kind === 'symlink') return { path, target: file.target };
  return { path, sizeBytes: file.bytes.length, executable: file.executable };
}

function fileAt(bytes: Uint8Array, at: number, entry: Entry): SourceFile {
  if ('target' in entry) return { kind: 'symlink', target: entry.target };
  const { sizeBytes, executable } = entry;
  return { kind: 'file', bytes: bytes.subarray(at, at + sizeBytes), executable };
}

function readHeader(bytes: Uint8Array): { about: unknown; files: Entry[]; bodyAt: number } {
  if (bytes.length < lengthBytes) throw unreadable('it is too short');
  const bodyAt = lengthBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (bodyAt > bytes.length) throw unreadable('it is too short');
  const header = headerShape.safeParse(readJson(bytes.subarray(lengthBytes, bodyAt)));
  if (!header.success) throw unreadable('its header has another shape');
  return { ...header.data, bodyAt };
}

function lengthOf(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(lengthBytes);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return length;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function unreadable(because: string): Fault {
  return new Fault('render.remote_failed', { because: `the bundle is not one of this version, ${because}` });
}
