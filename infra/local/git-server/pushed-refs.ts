/** What a push changed: the refs before and after, compared. */
import { git } from './git.ts';

export type Refs = ReadonlyMap<string, string>;
export type PushedRef = { ref: string; before: string; after: string };

const none = '0'.repeat(40);

export async function readRefs(repository: string): Promise<Refs> {
  const lines = (await git(repository, 'for-each-ref', '--format=%(objectname) %(refname)')).split('\n');
  return new Map(lines.filter((line) => line !== '').map((line) => [line.slice(41), line.slice(0, 40)]));
}

export function pushedRefs(before: Refs, after: Refs): PushedRef[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  const refs = [...names].map((ref) => ({ ref, before: before.get(ref) ?? none, after: after.get(ref) ?? none }));
  return refs.filter((ref) => ref.before !== ref.after);
}
