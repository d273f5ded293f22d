import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { noteStuck } from '../../../lib/core/sync/note-stuck.ts';
import { anOperation } from './an-operation.ts';

const now = 100_000;

for (const { it, stuck, reason, tell, becomes } of [
  { it: 'notes nothing where nothing is in the way', stuck: undefined, reason: '', tell: false, becomes: undefined },
  {
    it: 'keeps a new reason to itself',
    stuck: undefined,
    reason: 'a',
    tell: false,
    becomes: { since: now, told: false },
  },
  {
    it: 'waits whether it passes',
    stuck: { since: now - 9_999, told: false },
    reason: 'a',
    tell: false,
    becomes: { since: now - 9_999, told: false },
  },
  {
    it: 'tells what does not',
    stuck: { since: now - 10_000, told: false },
    reason: 'a',
    tell: true,
    becomes: { since: now - 10_000, told: true },
  },
  {
    it: 'tells it once, whatever comes next',
    stuck: { since: now - 60_000, told: true },
    reason: 'b',
    tell: false,
    becomes: { since: now - 60_000, told: true },
  },
  {
    it: 'forgets what passed',
    stuck: { since: now - 9_000, told: false },
    reason: '',
    tell: false,
    becomes: undefined,
  },
  {
    it: 'remembers that it was told',
    stuck: { since: now - 60_000, told: true },
    reason: '',
    tell: false,
    becomes: { since: now - 60_000, told: true },
  },
]) {
  test(`note-stuck ${it}`, () => {
    const operation = anOperation(stuck === undefined ? {} : { stuck });
    const noted = noteStuck(operation, reason, now);
    equal(noted.tell, tell);
    deepEqual(noted.operation, becomes === undefined ? anOperation() : { ...anOperation(), stuck: becomes });
  });
}
