/** Opens pull requests on GitHub, through the Git data API: nothing is cloned. */
import { Fault } from '../../core/fault/fault.ts';
import type { PullRequests, RevertProposal } from '../../ports/pull-requests.ts';
import { type GithubApi, type GithubOptions, githubApi } from './github-api.ts';
import { githubFault, statusOf } from './github-fault.ts';
import { type ListedEntry, listTree } from './list-tree.ts';

type Repository = { owner: string; repo: string };
type Place = { api: GithubApi; repository: Repository };
/** As `POST /git/trees` takes it; `sha` null removes the path. */
type TreeChange = { path: string; mode: Mode; type: 'tree' | 'blob'; sha: string | null };
type Mode = '100644' | '100755' | '040000' | '120000';

/** The token must be allowed to write contents and pull requests. */
export function githubPullRequests(options: GithubOptions): PullRequests {
  const api = githubApi(options);
  return {
    async proposeRevert(repoURL, proposal) {
      const place = { api, repository: api.repository(repoURL) };
      const read = await readBase(place, proposal).catch((error: unknown) => {
        throw githubFault(error, { repoURL, revision: proposal.revision });
      });
      if (read.changes.length === 0) return null;
      return write(place, read, proposal).catch((error: unknown) => {
        throw refusal(error, repoURL);
      });
    },
  };
}

type Base = { head: string; tree: string; changes: TreeChange[] };

async function readBase({ api, repository }: Place, { base, revision, paths }: RevertProposal): Promise<Base> {
  const commit = { ...repository, ref: `heads/${base}`, request: api.patience() };
  const { sha } = (await api.octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', commit)).data;
  const [now, then] = [
    await listTree(api, repository, { sha, onFile: () => {} }),
    await listTree(api, repository, { sha: revision, onFile: () => {} }),
  ];
  const wanted = paths.includes('.') ? topOf(now.entries, then.entries) : paths;
  return { head: sha, tree: now.id, changes: wanted.flatMap((path) => changeOf(path, now.entries, then.entries)) };
}

/** All there is and was in the root. */
function topOf(...trees: readonly ListedEntry[][]): string[] {
  return [...new Set(trees.flat().flatMap(({ path }) => (path.includes('/') ? [] : [path])))];
}

function changeOf(path: string, now: readonly ListedEntry[], then: readonly ListedEntry[]): TreeChange[] {
  const [present, former] = [now, then].map((tree) => tree.find((entry) => entry.path === path));
  const entry = former ?? present;
  if (entry === undefined || former?.id === present?.id) return [];
  const type = entry.kind === 'folder' ? 'tree' : 'blob';
  return [{ path, mode: modes[entry.kind], type, sha: former?.id ?? null }];
}

const modes: Record<ListedEntry['kind'], Mode> = {
  file: '100644',
  executable: '100755',
  symlink: '120000',
  folder: '040000',
};

async function write(
  place: Place,
  { head, tree: base_tree, changes }: Base,
  proposal: RevertProposal,
): Promise<string> {
  const { api, repository } = place;
  const about = () => ({ ...repository, request: api.patience() });
  const tree = await api.octokit.request('POST /repos/{owner}/{repo}/git/trees', {
    ...about(),
    base_tree,
    tree: changes,
  });
  const { title, body, branch } = proposal;
  const commit = await api.octokit.request('POST /repos/{owner}/{repo}/git/commits', {
    ...about(),
    message: `${title}\n\n${body}`,
    tree: tree.data.sha,
    parents: [head],
  });
  await setBranch(place, branch, commit.data.sha);
  return open(place, proposal);
}

/** 422: it is there already. */
async function setBranch({ api, repository }: Place, branch: string, sha: string): Promise<void> {
  const create = { ...repository, ref: `refs/heads/${branch}`, sha, request: api.patience() };
  try {
    await api.octokit.request('POST /repos/{owner}/{repo}/git/refs', create);
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    const move = { ...repository, ref: `heads/${branch}`, sha, force: true, request: api.patience() };
    await api.octokit.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', move);
  }
}

/** 422: one is open already. */
async function open({ api, repository }: Place, { base, branch, title, body }: RevertProposal): Promise<string> {
  const about = { ...repository, base, request: api.patience() };
  try {
    const opened = { ...about, head: branch, title, body };
    return (await api.octokit.request('POST /repos/{owner}/{repo}/pulls', opened)).data.html_url;
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    const asked = { ...about, head: `${repository.owner}:${branch}`, state: 'open' as const };
    const [present] = (await api.octokit.request('GET /repos/{owner}/{repo}/pulls', asked)).data;
    if (present === undefined) throw error;
    return present.html_url;
  }
}

/** A token that may only read is told so by 403, or by 404 where it sees nothing to write to. */
function refusal(error: unknown, repoURL: string): unknown {
  const fault = githubFault(error, { repoURL });
  const status = statusOf(error) ?? 0;
  if (!(fault instanceof Fault) || fault.info.retry === 'later' || status >= 500) return fault;
  return new Fault('git.pull_request_refused', { repoURL, because: `it answered ${status}` }, { cause: error });
}
