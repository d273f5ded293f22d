import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { matchesWindow } from '../../../lib/core/window/matches-window.ts';
import type { SyncWindow } from '../../../lib/core/window/sync-window.ts';
import { aWindow } from './a-window.ts';

const shop = { name: 'shop-prod', namespace: 'shop', clusters: ['prod', 'https://10.0.0.1:6443'] };
const nobody = { applications: [] };

for (const { it, given, gives } of [
  { it: 'a name by a glob', given: { applications: ['*-prod'] }, gives: true },
  { it: 'another name', given: { applications: ['*-test'] }, gives: false },
  { it: 'a namespace', given: { ...nobody, namespaces: ['other', 'sh?p'] }, gives: true },
  { it: 'a cluster by its name', given: { ...nobody, clusters: ['prod'] }, gives: true },
  { it: 'a cluster by its server', given: { ...nobody, clusters: ['https://10.0.0.*'] }, gives: true },
  { it: 'no list at all', given: nobody, gives: false },
  { it: 'one of several lists', given: { applications: ['other'], namespaces: ['shop'] }, gives: true },
  {
    it: 'not all lists, with andOperator',
    given: { applications: ['other'], namespaces: ['shop'], andOperator: true },
    gives: false,
  },
  {
    it: 'all lists, with andOperator',
    given: { applications: ['shop-*'], namespaces: ['shop'], clusters: ['prod'], andOperator: true },
    gives: true,
  },
  {
    it: 'only lists that say something, with andOperator',
    given: { applications: ['*'], andOperator: true },
    gives: true,
  },
  { it: 'no list at all, with andOperator', given: { ...nobody, andOperator: true }, gives: false },
] satisfies { it: string; given: Partial<SyncWindow>; gives: boolean }[])
  test(`matches-window: ${it}`, () => equal(matchesWindow(aWindow(given), shop), gives));
