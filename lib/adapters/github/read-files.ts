/**
 * Reads the files of a commit: the tree says which there are, the archive brings them in one request.
 *
 * An archive is not the tree: `.gitattributes` may leave files out of it (`export-ignore`) or rewrite them (`export-subst`).
 * What is missing must not look deleted, so every file is checked against the id in the tree and else fetched by it.
 */
import { createHash } from 'node:crypto';
import { Fault } from '../../core/fault/fault.ts';
import type { FileLimits, SourceFile, SourceFiles } from '../../core/render/source-files.ts';
import { fileBudget } from '../../core/revision/file-budget.ts';
import type { GithubApi } from './github-api.ts';
import { type ListedEntry, listTree } from './list-tree.ts';
import { readTarball } from './read-tarball.ts';

type Repository = { owner: string; repo: string };
type Commit = { repoURL: string; sha: string };

const fetchedAtOnce = 8;

/** Faults git.too_large, git.unsafe_path. */
export async function readFiles(
  api: GithubApi,
  repository: Repository,
  commit: Commit,
  limits: FileLimits,
): Promise<SourceFiles> {
  const spend = fileBudget(commit, limits);
  const onFile = ({ path, sizeBytes }: ListedEntry) => spend(path, sizeBytes);
  const tree = await listTree(api, repository, { sha: commit.sha, onFile });
  const listed = tree.entries.filter(({ kind }) => kind !== 'folder');
  const contents = await readArchive(api, repository, commit, { listed, limits });
  const missing = listed.filter(({ path }) => !contents.has(path));
  for (let at = 0; at < missing.length; at += fetchedAtOnce) {
    const some = missing.slice(at, at + fetchedAtOnce);
    const blobs = await Promise.all(
      some.map(async ({ path, id }) => [path, await readBlob(api, repository, id)] as const),
    );
    for (const [path, bytes] of blobs) contents.set(path, bytes);
  }
  return new Map(listed.map((entry) => [entry.path, asSourceFile(entry, contents, commit)]));
}

/** The files whose bytes are those of the tree, by path. */
async function readArchive(
  { octokit, patience }: GithubApi,
  repository: Repository,
  commit: Commit,
  { listed, limits }: { listed: readonly ListedEntry[]; limits: FileLimits },
): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (listed.length === 0) return contents;
  const ids = new Map(listed.map(({ path, id }) => [path, id]));
  const request = { ...patience(), parseSuccessResponseBody: false };
  const { data } = await octokit.request('GET /repos/{owner}/{repo}/tarball/{ref}', {
    ...repository,
    ref: commit.sha,
    request,
  });
  if (!(data instanceof ReadableStream))
    throw new Fault('git.not_understood', { ...commit, because: 'the archive is empty' });
  await readTarball(data, {
    spend: fileBudget(commit, limits),
    onFile: (path, bytes) => {
      if (ids.get(path) === blobId(bytes)) contents.set(path, bytes);
    },
  });
  return contents;
}

async function readBlob({ octokit, patience }: GithubApi, repository: Repository, file_sha: string): Promise<Buffer> {
  const options = { ...repository, file_sha, request: patience() };
  const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', options);
  return Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
}

function asSourceFile(
  { path, kind, id }: ListedEntry,
  contents: ReadonlyMap<string, Buffer>,
  { repoURL }: Commit,
): SourceFile {
  const bytes = contents.get(path);
  if (bytes === undefined || blobId(bytes) !== id) {
    throw new Fault('git.not_understood', { repoURL, because: `the bytes of ${path} are not those of its id` });
  }
  if (kind === 'symlink') return { kind, target: bytes.toString('utf8') };
  return { kind: 'file', bytes, executable: kind === 'executable' };
}

function blobId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
