import { deepEqual, match } from 'node:assert/strict';
import { test } from 'node:test';
import { revertProposal } from '../../../lib/core/history/revert-proposal.ts';
import { branchOf } from '../../../lib/core/revision/branch-of.ts';

const from = 'b'.repeat(40);
const to = 'a'.repeat(40);
const given = { application: 'shop', from, to, who: 'Bea', reason: 'too slow', reads: [], path: 'deploy' };

for (const { it, reads, path = 'deploy', gives } of [
  { it: 'its folder', reads: [], gives: ['deploy'] },
  { it: 'what it read beside it', reads: ['deploy', 'base', 'values.yaml'], gives: ['base', 'deploy', 'values.yaml'] },
  {
    it: 'a folder for all that is in it',
    reads: ['deploy/a.yaml', 'deploy-b/c.yaml'],
    gives: ['deploy', 'deploy-b/c.yaml'],
  },
  { it: 'the root for everything', reads: ['deploy'], path: '.', gives: ['.'] },
])
  test(`revert-proposal takes back ${it}`, () => deepEqual(revertProposal({ ...given, reads, path }).paths, gives));

test('revert-proposal says who, why, what and what to do then', () => {
  const { branch, title, body } = revertProposal(given);
  deepEqual([branch, title], ['trueup/shop-back-to-aaaaaaa', 'Take shop back to aaaaaaa']);
  match(body, /`shop` back from bbbbbbb to aaaaaaa/);
  match(body, /Bea: too slow/);
  match(body, /`deploy` as in a{40}/);
  match(body, /trueup unhold shop/);
});

const heads = { defaultBranch: 'main', branches: { main: from, release: to }, tags: { v1: to }, etag: '' };
for (const { target, gives } of [
  { target: 'HEAD', gives: 'main' },
  { target: '', gives: 'main' },
  { target: 'release', gives: 'release' },
  { target: 'refs/heads/release', gives: 'release' },
  { target: 'v1', gives: null },
  { target: to, gives: null },
  { target: 'constructor', gives: null },
])
  test(`branch-of '${target}' is ${gives}`, () => deepEqual(branchOf(heads, target), gives));
