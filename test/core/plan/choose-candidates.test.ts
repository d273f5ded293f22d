import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatKey } from '../../../lib/core/object/object-key.ts';
import { chooseCandidates } from '../../../lib/core/plan/choose-candidates.ts';
import type { Desired } from '../../../lib/core/plan/desired.ts';
import type { ApplicationRecord } from '../../../lib/core/record/record.ts';
import { intend, recordApplied } from '../../../lib/core/record/record-applied.ts';
import { aConfigMap, aDesired, means } from './a-desired.ts';

const named = (name: string, value = '1') => aDesired(aConfigMap(name, { value }));
const recordOf = (desired: readonly Desired[], write: typeof recordApplied): ApplicationRecord => ({
  objects: Object.fromEntries(desired.map((item) => [formatKey(item.key), write(item, item.object, means)])),
});
const applied = (...desired: Desired[]) => recordOf(desired, recordApplied);
const intended = (...desired: Desired[]) => recordOf(desired, (item, _, { key }) => intend(item, key));
const names = (items: readonly { key: { name: string } }[]) => items.map(({ key }) => key.name);

/** Flux's `ssa`, on the object. */
function asking(name: string, ssa: string): Desired {
  const { data, metadata, ...object } = aConfigMap(name);
  const annotations = { 'kustomize.toolkit.fluxcd.io/ssa': ssa };
  return aDesired({ ...object, metadata: { ...metadata, annotations }, data });
}

for (const { it, desired, record, drifted = [], gives } of [
  { it: 'applies what is new', desired: [named('a')], record: applied(), gives: { apply: ['a'], remove: [], kept: 0 } },
  {
    it: 'keeps what is as it was',
    desired: [named('a')],
    record: applied(named('a')),
    gives: { apply: [], remove: [], kept: 1 },
  },
  {
    it: 'applies what Git changed',
    desired: [named('a', '2')],
    record: applied(named('a')),
    gives: { apply: ['a'], remove: [], kept: 0 },
  },
  {
    it: 'applies what was intended and never written',
    desired: [named('a')],
    record: intended(named('a')),
    gives: { apply: ['a'], remove: [], kept: 0 },
  },
  {
    it: 'removes what left Git',
    desired: [named('a')],
    record: applied(named('a'), named('b')),
    gives: { apply: [], remove: ['b'], kept: 1 },
  },
  {
    it: 'removes also what was only intended: it may be there',
    desired: [],
    record: intended(named('b')),
    gives: { apply: [], remove: ['b'], kept: 0 },
  },
  {
    it: 'applies what is known to differ',
    desired: [named('a'), named('b')],
    record: applied(named('a'), named('b')),
    drifted: ['ConfigMap shop/a'],
    gives: { apply: ['a'], remove: [], kept: 1 },
  },
  {
    it: 'applies everything when more differs than can be named',
    desired: [named('a'), named('b')],
    record: applied(named('a'), named('b')),
    drifted: ['*'],
    gives: { apply: ['a', 'b'], remove: [], kept: 0 },
  },
  {
    it: 'neither applies nor removes what is to be let alone',
    desired: [asking('a', 'Ignore'), asking('b', 'Ignore')],
    record: applied(named('a')),
    gives: { apply: [], remove: [], kept: 2 },
  },
  {
    it: 'makes anew what is made once and is gone',
    desired: [asking('a', 'IfNotPresent'), asking('b', 'IfNotPresent')],
    record: applied(asking('a', 'IfNotPresent'), asking('b', 'IfNotPresent')),
    drifted: ['ConfigMap shop/a'],
    gives: { apply: ['a'], remove: [], kept: 1 },
  },
  {
    it: 'applies once what is to be made where it is absent',
    desired: [asking('a', 'IfNotPresent'), asking('b', 'IfNotPresent')],
    record: applied(named('a')),
    gives: { apply: ['b'], remove: [], kept: 1 },
  },
  { it: 'has nothing to do with nothing', desired: [], record: applied(), gives: { apply: [], remove: [], kept: 0 } },
]) {
  test(`choose-candidates ${it}`, () => {
    const { apply, remove, kept } = chooseCandidates(desired, record, { drifted, only: null });
    deepEqual({ apply: names(apply), remove: names(remove), kept }, gives);
  });
}

const desireds = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
  .chain((given) => fc.tuple(...given.map((name) => fc.constantFrom('1', '2').map((value) => named(name, value)))));

test('choose-candidates has nothing left to do once everything is applied', () => {
  fc.assert(
    fc.property(desireds, (desired) => {
      deepEqual(chooseCandidates(desired, applied(...desired), { drifted: [], only: null }), {
        apply: [],
        remove: [],
        kept: desired.length,
      });
    }),
  );
});

test('choose-candidates misses and doubles nothing between what was and what is wanted', () => {
  fc.assert(
    fc.property(desireds, desireds, (before, after) => {
      const { apply, remove, kept } = chooseCandidates(after, applied(...before), { drifted: [], only: null });
      equal(apply.length + kept, after.length);
      deepEqual(new Set([...names(after), ...names(remove)]), new Set([...names(before), ...names(after)]));
      equal(remove.length, new Set([...names(before), ...names(after)]).size - after.length);
    }),
  );
});
