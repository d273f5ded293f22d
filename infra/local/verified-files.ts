/** Remembers the checksum of every program that was put into the cache, and tells which are still what they were. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';

const entry = z.object({ sha256: z.string(), sizeBytes: z.number(), mtimeMs: z.number(), origin: z.string() });
const manifest = z.record(z.string(), entry);
type Manifest = z.infer<typeof manifest>;

/** Puts a finished program into the folder: moved in one step, then recorded. What is not recorded does not count. */
export async function keepFile(folder: string, file: { name: string; from: string; origin: string }): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(file.from, 0o755);
  const { size, mtimeMs } = await stat(file.from);
  const sha256 = await sha256Of(file.from);
  const path = join(folder, file.name);
  await rename(file.from, path);
  const known = await readManifest(folder);
  await writeManifest(folder, { ...known, [file.name]: { sha256, sizeBytes: size, mtimeMs, origin: file.origin } });
}

/** The path of a recorded program, or null when it is absent or no longer what was recorded. */
export async function keptFile(folder: string, name: string): Promise<string | null> {
  const known = await readManifest(folder);
  const recorded = known[name];
  const path = join(folder, name);
  const found = await stat(path).catch(() => null);
  if (recorded === undefined || found === null) return null;
  if (found.size !== recorded.sizeBytes) return null;
  if (found.mtimeMs === recorded.mtimeMs) return path;
  // Touched or copied: hashing 100 MB takes a blink, but not one to spend at every start.
  if ((await sha256Of(path)) !== recorded.sha256) return null;
  await writeManifest(folder, { ...known, [name]: { ...recorded, mtimeMs: found.mtimeMs } });
  return path;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '{}');
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

async function writeManifest(folder: string, content: Manifest): Promise<void> {
  const path = join(folder, 'manifest.json');
  const half = `${path}.${process.pid}`;
  await writeFile(half, `${JSON.stringify(content, null, 2)}\n`);
  await rename(half, path);
}
