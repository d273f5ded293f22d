/** Turns what an Application asks for (`targetRevision`) into one commit. */
import { maxSatisfying, valid, validRange } from 'semver';
import { Fault } from '../fault/fault.ts';
import type { Heads } from './heads.ts';

/** `ask`: looks like an abbreviated SHA, which refs cannot tell; ask `GitHost.commit(repoURL, revision)` for the full one. */
export type Resolution = { kind: 'sha'; sha: string } | { kind: 'ask'; revision: string };

/**
 * In this order: `HEAD` or empty → the default branch; full SHA; `refs/heads/X`, `refs/tags/X`; branch; tag;
 * a semver range over the tags (never over branches; pre-releases only when the range names one); abbreviated SHA.
 * Fault git.revision_not_found, which names what is there.
 */
export function resolveRevision(heads: Heads, options: { repoURL: string; targetRevision: string }): Resolution {
  const target = options.targetRevision;
  if (isFullSha(target)) return { kind: 'sha', sha: target.toLowerCase() };
  const sha = ofName(heads, target) ?? ofRange(heads, target);
  if (sha !== undefined) return { kind: 'sha', sha };
  if (/^[0-9a-f]{7,39}$/i.test(target)) return { kind: 'ask', revision: target.toLowerCase() };
  throw new Fault('git.revision_not_found', { ...options, known: known(heads) });
}

export function isFullSha(revision: string): boolean {
  return /^[0-9a-f]{40}$/i.test(revision);
}

function ofName({ defaultBranch, branches, tags }: Heads, target: string): string | undefined {
  if (target === '' || target === 'HEAD') return own(branches, defaultBranch);
  if (target.startsWith('refs/heads/')) return own(branches, target.slice('refs/heads/'.length));
  if (target.startsWith('refs/tags/')) return own(tags, target.slice('refs/tags/'.length));
  return own(branches, target) ?? own(tags, target);
}

function ofRange({ tags }: Heads, target: string): string | undefined {
  if (!isRange(target)) return undefined;
  const newest = maxSatisfying(Object.keys(tags).toSorted(), target);
  return newest === null ? undefined : own(tags, newest);
}

/** `x` and the empty text are ranges to semver, and a full version is one that matches itself: here they are names. */
function isRange(target: string): boolean {
  return /[\d*]/.test(target) && valid(target) === null && validRange(target) !== null;
}

/** Names come from outside: one may be called `constructor`. */
function own(names: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

function known({ branches, tags }: Heads): string {
  const names = [...Object.keys(branches), ...Object.keys(tags)];
  const shown = names.slice(0, 20).join(', ') || 'nothing (the repository is empty)';
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
