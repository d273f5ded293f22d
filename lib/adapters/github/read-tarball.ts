/** Reads the files of GitHub's archive of a commit as they stream by. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

export type TarballOptions = {
  /** Called with every entry before its bytes are read; may throw. */
  spend(path: string, sizeBytes: number): void;
  onFile(path: string, bytes: Buffer): void;
};

export async function readTarball(body: ReadableStream<Uint8Array>, { spend, onFile }: TarballOptions): Promise<void> {
  const tar = extract();
  const done = pipeline(Readable.fromWeb(body), createGunzip(), tar);
  const read = async () => {
    for await (const entry of tar) {
      const { name, type, size = 0, linkname } = entry.header;
      // Everything lies in one folder, OWNER-REPO-SHA.
      const path = name.slice(name.indexOf('/') + 1);
      const isFile = type === 'file' || type === 'symlink';
      if (isFile) spend(path, size);
      if (type === 'symlink') onFile(path, Buffer.from(linkname ?? ''));
      const chunks: Uint8Array[] = [];
      for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
      if (type === 'file') onFile(path, Buffer.concat(chunks));
    }
  };
  // Both end together: a failure of one destroys the stream of the other.
  const [reading, piping] = await Promise.allSettled([read().catch(stop(tar)), done]);
  if (reading.status === 'rejected') throw reading.reason;
  if (piping.status === 'rejected') throw piping.reason;
}

function stop(tar: { destroy(error: Error): void }) {
  return (error: unknown): never => {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  };
}
