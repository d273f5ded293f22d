/** Downloads an official build, checks it against the published checksum and keeps it. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { keepFile, sha256Of } from '../verified-files.ts';
import type { Release } from './find-release.ts';

/** A line that gives nothing for this long is taken for dead. */
const stallMs = 20_000;

/** Faults: local.download_failed, local.wrong_checksum. */
export async function downloadRelease(name: string, release: Release, folder: string): Promise<void> {
  const workFolder = join(folder, `.download-${process.pid}-${name}`);
  const downloaded = join(workFolder, 'download');
  const program = release.member === undefined ? downloaded : join(workFolder, name);
  try {
    await mkdir(workFolder, { recursive: true });
    await download(name, release.url, createWriteStream(downloaded));
    const found = await sha256Of(downloaded);
    if (found !== release.sha256)
      throw new Fault('local.wrong_checksum', { file: name, url: release.url, found, allowed: release.sha256 });
    if (release.member !== undefined) await takeMember(downloaded, release.member, program);
    await keepFile(folder, { name, from: program, origin: release.url });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function download(file: string, url: string, into: Writable): Promise<void> {
  const dispatcher = new EnvHttpProxyAgent({ bodyTimeout: stallMs, headersTimeout: stallMs });
  try {
    const response = await fetch(url, { dispatcher });
    if (!response.ok || response.body === null)
      throw new Fault('local.download_failed', { file, url, because: `status ${response.status}` });
    await pipeline(Readable.fromWeb(response.body), into);
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault(
      'local.download_failed',
      { file, url, because: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  } finally {
    await dispatcher.destroy();
  }
}

async function takeMember(archive: string, member: string, into: string): Promise<void> {
  const unpacking = extract();
  const feeding = pipeline(createReadStream(archive), createGunzip(), unpacking);
  let taken = false;
  for await (const entry of unpacking) {
    if (entry.header.name === member) {
      await pipeline(entry, createWriteStream(into));
      taken = true;
    } else {
      entry.resume();
    }
  }
  await feeding;
  if (!taken)
    throw new Fault('local.download_failed', { file: member, url: archive, because: 'the archive does not hold it' });
}
