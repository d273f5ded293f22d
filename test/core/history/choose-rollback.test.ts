import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { findEarlier, lastHealthy } from '../../../lib/core/history/choose-rollback.ts';
import { anEntry } from './an-entry.ts';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const revision = 'c'.repeat(40);
const present = { revision, source: 'parameters-1' };
const now = anEntry({ id: 3, revision });

for (const { it, history, given = present, gives } of [
  { it: 'the one before', history: [now, anEntry({ id: 2, revision: b })], gives: 2 },
  {
    it: 'an older one where the one before was not healthy',
    history: [now, anEntry({ id: 2, revision: b, health: 'Degraded' }), anEntry({ id: 1, revision: a })],
    gives: 1,
  },
  {
    it: 'one that was suspended on purpose',
    history: [now, anEntry({ id: 2, revision: b, health: 'Suspended' })],
    gives: 2,
  },
  { it: 'nothing where the same was synced again', history: [now, anEntry({ id: 2, revision })], gives: null },
  {
    it: 'the same revision with other parameters',
    history: [now, anEntry({ id: 2, revision, source: 'parameters-0' })],
    gives: 2,
  },
  {
    it: 'no such when nobody knows the parameters that are there',
    history: [anEntry({ id: 2, revision, source: 'parameters-0' })],
    given: { revision, source: null },
    gives: null,
  },
  { it: 'no refused, partial or healed one', history: [now, anEntry({ id: null, revision: b })], gives: null },
  { it: 'the newest while the cluster is between two revisions', history: [now], given: null, gives: 3 },
  { it: 'nothing in an empty history', history: [], gives: null },
]) {
  test(`choose-rollback: left to itself it chooses ${it}`, () => equal(lastHealthy(history, given)?.id ?? null, gives));
}

const history = [
  anEntry({ id: 1234567, revision: b }),
  anEntry({ id: 2, revision: a }),
  anEntry({ id: 1, revision: a }),
];

for (const { it, named, gives } of [
  { it: 'its id', named: '1', gives: 1 },
  { it: 'its id, though that may be the beginning of a SHA', named: '1234567', gives: 1234567 },
  { it: 'a SHA, which means the newest of it', named: a, gives: 2 },
  { it: 'the beginning of a SHA, in capitals too', named: 'AAAAAAA', gives: 2 },
  { it: 'too short a beginning', named: 'aaaaaa', gives: null },
  { it: 'an id that there is not', named: '9', gives: null },
  { it: 'a SHA that never ran', named: revision, gives: null },
]) {
  test(`choose-rollback: ${it} names ${gives === null ? 'nothing' : `#${gives}`}`, () => {
    equal(findEarlier(history, named)?.id ?? null, gives);
  });
}
