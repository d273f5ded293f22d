import { deepEqual, match, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Heads } from '../../../lib/core/revision/heads.ts';
import { resolveRevision } from '../../../lib/core/revision/resolve-revision.ts';

const sha = (digit: string) => digit.repeat(40);
const repoURL = 'https://github.com/org/app';
const heads: Heads = {
  defaultBranch: 'main',
  branches: { main: sha('1'), 'feature/x': sha('2'), both: sha('3'), '2.0.0': sha('4'), abcdef1: sha('5') },
  tags: {
    both: sha('a'),
    'v1.0.0': sha('b'),
    'v1.2.0': sha('c'),
    'v1.10.0': sha('d'),
    'v2.0.0-rc.1': sha('e'),
    nightly: sha('f'),
    '0.9.1': sha('9'),
  },
  etag: '',
};

for (const { it, given, gives } of [
  { it: 'takes HEAD for the default branch', given: 'HEAD', gives: sha('1') },
  { it: 'takes nothing for the default branch', given: '', gives: sha('1') },
  { it: 'finds a branch', given: 'feature/x', gives: sha('2') },
  { it: 'finds a tag', given: 'nightly', gives: sha('f') },
  { it: 'prefers the branch to the tag of the same name', given: 'both', gives: sha('3') },
  { it: 'finds the tag by its full ref', given: 'refs/tags/both', gives: sha('a') },
  { it: 'finds the branch by its full ref', given: 'refs/heads/both', gives: sha('3') },
  { it: 'passes a full SHA through', given: sha('7'), gives: sha('7') },
  { it: 'writes a SHA in lower case', given: sha('A'), gives: sha('a') },
  { it: 'takes the newest tag of a range, by number', given: '^1.0.0', gives: sha('d') },
  { it: 'reads Argo CD’s way of writing a range', given: '1.2.*', gives: sha('c') },
  { it: 'reads a range of two bounds', given: '>=1.0.0 <1.10.0', gives: sha('c') },
  { it: 'leaves pre-releases out of a range', given: '*', gives: sha('d') },
  { it: 'takes a pre-release when the range names one', given: '>=2.0.0-0', gives: sha('e') },
  { it: 'takes a branch called like a version', given: '2.0.0', gives: sha('4') },
  { it: 'takes a branch called like an abbreviated SHA', given: 'abcdef1', gives: sha('5') },
]) {
  test(`resolve-revision ${it}`, () => {
    deepEqual(resolveRevision(heads, { repoURL, targetRevision: given }), { kind: 'sha', sha: gives });
  });
}

for (const revision of ['abcdef12', '1234567', 'ABCDEF12']) {
  test(`resolve-revision asks the host for the abbreviated SHA ${revision}`, () => {
    deepEqual(resolveRevision(heads, { repoURL, targetRevision: revision }), {
      kind: 'ask',
      revision: revision.toLowerCase(),
    });
  });
}

for (const { it, given } of [
  { it: 'an unknown branch', given: 'mian' },
  { it: 'a range that only branches could satisfy', given: '2.0.x' },
  { it: 'a full version without its tag', given: '1.0.0' },
  { it: 'a name that semver takes for any version', given: 'x' },
  { it: 'a name that every object has', given: 'constructor' },
  { it: 'a full ref of another kind', given: 'refs/heads/nightly' },
  { it: 'a SHA that is too short', given: 'abcdef' },
]) {
  test(`resolve-revision refuses ${it} and says what is there`, () => {
    throws(
      () => resolveRevision(heads, { repoURL, targetRevision: given }),
      (error) => {
        match(error instanceof Fault ? error.code : String(error), /^git\.revision_not_found$/);
        match(error instanceof Fault ? error.hint : '', /main, feature\/x/);
        return true;
      },
    );
  });
}

test('resolve-revision says that a repository is empty', () => {
  throws(
    () =>
      resolveRevision({ defaultBranch: 'main', branches: {}, tags: {}, etag: '' }, { repoURL, targetRevision: 'HEAD' }),
    (error) => error instanceof Fault && error.hint.includes('the repository is empty'),
  );
});

test('resolve-revision names twenty refs and counts the others', () => {
  const branches = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`b${index}`, sha('1')]));
  throws(
    () => resolveRevision({ defaultBranch: 'b0', branches, tags: {}, etag: '' }, { repoURL, targetRevision: 'none' }),
    (error) => error instanceof Fault && error.hint.includes('b19 and 5 more'),
  );
});
