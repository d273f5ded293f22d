import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Heals, heedHeals, isFighting, suspectsDueAt } from '../../../lib/core/drift/heed-heals.ts';
import { aDrift } from './a-drift.ts';

const name = 'ConfigMap shop/a';
const drift = aDrift('a');
const at = 1_000_000;

for (const { it, past, now = at, gives } of [
  { it: 'undoes the first at once', past: undefined, gives: 'heals' },
  { it: 'undoes the second at once', past: { times: 1, lastAt: at }, gives: 'heals' },
  { it: 'undoes the third at once', past: { times: 2, lastAt: at }, gives: 'heals' },
  { it: 'waits 2 s before the fourth', past: { times: 3, lastAt: at }, gives: at + 2_000 },
  { it: 'undoes the fourth when it is due', past: { times: 3, lastAt: at }, now: at + 2_000, gives: 'heals' },
  { it: 'waits 6 s before the fifth', past: { times: 4, lastAt: at }, now: at + 1, gives: at + 6_000 },
  { it: 'waits 162 s before the eighth', past: { times: 7, lastAt: at }, gives: at + 162_000 },
  { it: 'gives up after the eighth', past: { times: 8, lastAt: at }, now: at + 600_000, gives: 'gives up' },
  { it: 'forgets after ten minutes', past: { times: 8, lastAt: at }, now: at + 600_001, gives: 'heals' },
]) {
  test(`heed-heals ${it}`, () => {
    const before: Heals = past === undefined ? {} : { [name]: past };
    const { heal, waiting, heals, lookAt } = heedHeals(before, [drift], now);
    deepEqual([...heal, ...waiting], [drift]);
    if (gives === 'heals') {
      const times = past === undefined || now - past.lastAt > 600_000 ? 1 : past.times + 1;
      deepEqual([heal, heals, lookAt], [[drift], { [name]: { times, lastAt: now } }, null]);
    } else deepEqual([waiting, heals, lookAt], [[drift], before, gives === 'gives up' ? null : gives]);
    equal(isFighting(heals, drift), gives === 'gives up' || heals[name]?.times === 8);
  });
}

test('heed-heals looks again when the first of those that wait is due', () => {
  const heals: Heals = { [name]: { times: 4, lastAt: at }, 'ConfigMap shop/b': { times: 3, lastAt: at } };
  const { heal, lookAt } = heedHeals(heals, [drift, aDrift('b'), aDrift('c')], at);
  deepEqual([heal, lookAt], [[aDrift('c')], at + 2_000]);
});

test('heed-heals drops what is forgotten, so that what is remembered stays small', () => {
  const heals: Heals = { old: { times: 2, lastAt: at - 600_001 }, young: { times: 2, lastAt: at - 600_000 } };
  deepEqual(Object.keys(heedHeals(heals, [drift], at).heals), ['young', name]);
});

test('heed-heals undoes somebody who insists less and less often, then stops', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 50, maxLength: 200 }), (pauses) => {
      let heals: Heals = {};
      let now = at;
      const healedAt: number[] = [];
      for (const pause of pauses) {
        now += pause;
        const answer = heedHeals(heals, [drift], now);
        equal(answer.heal.length + answer.waiting.length, 1);
        if (answer.heal.length > 0) healedAt.push(now);
        if (answer.lookAt !== null) ok(answer.lookAt > now);
        heals = answer.heals;
        if (isFighting(heals, drift)) break;
      }
      const gaps = healedAt.slice(1).map((time, index) => time - (healedAt[index] ?? 0));
      ok(healedAt.length <= 8);
      ok(gaps.slice(2).every((gap, index) => gap >= 2_000 * 3 ** index));
    }),
  );
});

for (const { it, suspects, gives } of [
  { it: 'nothing to do without suspects', suspects: [], gives: null },
  { it: 'a suspect that was never healed now', suspects: ['ConfigMap shop/new'], gives: 0 },
  { it: 'everything now', suspects: ['*'], gives: 0 },
  { it: 'one that was healed once now', suspects: ['once'], gives: at },
  { it: 'one that comes back when it is its turn', suspects: ['often'], gives: at + 6_000 },
  { it: 'one that was given up now, to say so', suspects: ['given up'], gives: at },
  { it: 'the first of several', suspects: ['often', 'more often'], gives: at + 6_000 },
  { it: 'one whose heals are forgotten now', suspects: ['long ago'], gives: 0 },
]) {
  test(`suspects-due-at has ${it}`, () => {
    const heals: Heals = {
      once: { times: 1, lastAt: at },
      often: { times: 4, lastAt: at },
      'more often': { times: 5, lastAt: at },
      'given up': { times: 8, lastAt: at },
      'long ago': { times: 7, lastAt: at - 600_001 },
    };
    equal(suspectsDueAt(heals, suspects, at), gives);
  });
}

test('suspects-due-at agrees with what is done about a drift', () => {
  const times = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 700_000 }), (times, agoMs) => {
      const heals: Heals = { [name]: { times, lastAt: at - agoMs } };
      const dueAt = suspectsDueAt(heals, [name], at) ?? 0;
      const { waiting, lookAt } = heedHeals(heals, [drift], at);
      equal(dueAt > at, waiting.length > 0 && lookAt !== null);
      if (lookAt !== null) equal(dueAt, lookAt);
    }),
  );
});
