import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { foreignProblem, noteProblems, problemOf } from '../../../lib/core/drift/note-problems.ts';

const web = problemOf('apps/Deployment shop/web', 'no jq');
const db = problemOf('apps/Deployment shop/db', 'no jq');
const render = 'a.yaml: something else';

for (const { it, before, looked, found, gives } of [
  {
    it: 'keeps what is said of others',
    before: [render, db],
    looked: ['apps/Deployment shop/web'],
    found: [web],
    gives: [render, db, web],
  },
  {
    it: 'ends what was said of another installation once the object is ours again',
    before: [foreignProblem('apps/Deployment shop/web', 'theirs'), db],
    looked: ['apps/Deployment shop/web'],
    found: [],
    gives: [db],
  },
  { it: 'says it once', before: [web], looked: ['apps/Deployment shop/web'], found: [web, web], gives: [web] },
  { it: 'ends what is mended', before: [web, db], looked: ['apps/Deployment shop/web'], found: [], gives: [db] },
  {
    it: 'ends all of it when everything was looked at',
    before: [render, web, db],
    looked: ['*'],
    found: [],
    gives: [render],
  },
]) {
  test(`note-problems ${it}`, () => deepEqual(noteProblems(before, looked, found), gives));
}

test('note-problems says no more than a few of the same rule', () => {
  const found = Array.from({ length: 30 }, (_, index) => problemOf(`ConfigMap shop/${index}`, 'no jq'));
  deepEqual(noteProblems([], ['*'], found), found.slice(0, 10));
});
