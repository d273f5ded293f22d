/** The branch that a target revision follows: what a pull request would go into. */
import type { Heads } from './heads.ts';

/** null: a tag, a range or a commit, which no pull request changes. */
export function branchOf({ defaultBranch, branches }: Heads, targetRevision: string): string | null {
  const named = targetRevision.replace(/^refs\/heads\//, '');
  const branch = named === '' || named === 'HEAD' ? defaultBranch : named;
  return Object.hasOwn(branches, branch) ? branch : null;
}
