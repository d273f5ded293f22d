/** Reads branches, tags and the default branch: three conditional requests, which cost nothing while nothing moves. */
import type { Heads } from '../../core/revision/heads.ts';
import type { GithubApi } from './github-api.ts';
import { statusOf } from './github-fault.ts';

type Repository = { owner: string; repo: string };
type Ref = { name: string; id: string; isAnnotated: boolean };
type Answer<T> = { etag: string; data: T };

/** The validators of all three, one per line, are the `etag` of the whole. */
export async function readHeads(api: GithubApi, repository: Repository, etag?: string): Promise<Heads | 'unchanged'> {
  const known = etag?.split('\n') ?? [];
  const questions = [
    (tag?: string) => readDefaultBranch(api, repository, tag),
    (tag?: string) => readRefs(api, repository, 'heads', tag),
    (tag?: string) => readRefs(api, repository, 'tags', tag),
  ] as const;
  if (known.length === questions.length) {
    const answers = await Promise.all(questions.map((ask, index) => ask(known[index])));
    if (answers.every((answer) => answer === 'unchanged')) return 'unchanged';
  }
  const [askDefault, askBranches, askTags] = questions;
  const [head, branches, tags] = await Promise.all([askDefault(), askBranches(), askTags()]);
  if (head === 'unchanged' || branches === 'unchanged' || tags === 'unchanged')
    throw new Error('304 without a condition');
  return {
    defaultBranch: head.data,
    branches: Object.fromEntries(branches.data.map(({ name, id }) => [name, id])),
    tags: await peel(api, repository, tags.data),
    etag: [head.etag, branches.etag, tags.etag].join('\n'),
  };
}

type Maybe<T> = Promise<Answer<T> | 'unchanged'>;

function readDefaultBranch({ octokit, patience }: GithubApi, repository: Repository, etag?: string): Maybe<string> {
  return unlessUnchanged(async () => {
    const options = { ...repository, headers: condition(etag), request: patience() };
    const { data, headers } = await octokit.request('GET /repos/{owner}/{repo}', options);
    return { etag: headers.etag ?? '', data: data.default_branch };
  });
}

/** Not paged by GitHub today; the description still promises a Link header, so it is followed. */
function readRefs(api: GithubApi, repository: Repository, kind: 'heads' | 'tags', etag?: string): Maybe<Ref[]> {
  const prefix = `refs/${kind}/`;
  const ask = async () => {
    const refs: Ref[] = [];
    let first: string | undefined;
    for (let page = 1, isMore = true; isMore; page++) {
      const headers = condition(page === 1 ? etag : undefined);
      const options = { ...repository, ref: kind, page, headers, request: api.patience() };
      const answer = await api.octokit.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', options);
      first ??= answer.headers.etag ?? '';
      for (const { ref, object } of answer.data) {
        if (ref.startsWith(prefix))
          refs.push({ name: ref.slice(prefix.length), id: object.sha, isAnnotated: object.type === 'tag' });
      }
      isMore = hasNext(answer.headers.link);
    }
    return { etag: first ?? '', data: refs };
  };
  return unlessUnchanged(ask).catch((error: unknown) => {
    // What GitHub answers for a repository without commits.
    if (statusOf(error) === 409) return { etag: '', data: [] };
    throw error;
  });
}

/** A reference to an annotated tag gives the tag's own id; the list of tags gives the commits, a hundred at a time. */
async function peel(api: GithubApi, repository: Repository, tags: readonly Ref[]): Promise<Record<string, string>> {
  const ids = new Map(tags.filter(({ isAnnotated }) => !isAnnotated).map(({ name, id }) => [name, id]));
  for (let page = 1, isMore = ids.size < tags.length; isMore; page++) {
    const options = { ...repository, per_page: 100, page, request: api.patience() };
    const answer = await api.octokit.request('GET /repos/{owner}/{repo}/tags', options);
    for (const { name, commit } of answer.data) ids.set(name, commit.sha);
    isMore = hasNext(answer.headers.link);
  }
  return Object.fromEntries(ids);
}

async function unlessUnchanged<T>(ask: () => Promise<Answer<T>>): Maybe<T> {
  try {
    return await ask();
  } catch (error) {
    if (statusOf(error) === 304) return 'unchanged';
    throw error;
  }
}

function condition(etag: string | undefined): Record<string, string> {
  return etag ? { 'if-none-match': etag } : {};
}

function hasNext(link: string | undefined): boolean {
  return link?.includes('rel="next"') ?? false;
}
