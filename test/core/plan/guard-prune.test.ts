import { doesNotThrow, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { guardPrune } from '../../../lib/core/plan/guard-prune.ts';

const guard =
  (
    kinds: string[],
    total: number,
    given: { confirmed?: boolean; allowEmpty?: boolean; removal?: boolean; recovered?: true; asksFirst?: true } = {},
  ) =>
  () => {
    const remove = kinds.map((kind, index) => ({ group: '', kind, namespace: 'shop', name: `n${index}` }));
    const { recovered, asksFirst, ...rest } = given;
    guardPrune({
      application: 'shop',
      remove,
      recovered: recovered ? remove : [],
      asksFirst: asksFirst ? remove : [],
      removal: false,
      total,
      confirmed: false,
      allowEmpty: false,
      ...rest,
    });
  };
const maps = (count: number) => Array<string>(count).fill('ConfigMap');

for (const { it, check } of [
  { it: 'nothing to remove', check: guard([], 5) },
  { it: 'nothing to remove from nothing', check: guard([], 0) },
  { it: 'half of many objects', check: guard(maps(5), 10) },
  { it: 'two of three objects', check: guard(maps(2), 3) },
  { it: 'everything where Git may be empty', check: guard(maps(3), 3, { allowEmpty: true }) },
  { it: 'everything with its Application', check: guard(maps(30), 30, { removal: true }) },
  {
    it: 'what asks for a word first when it is confirmed',
    check: guard(maps(1), 30, { asksFirst: true, confirmed: true }),
  },
  { it: 'everything when it is confirmed', check: guard(maps(30), 30, { confirmed: true }) },
  {
    it: 'what is known only since a loss when it is confirmed',
    check: guard(maps(1), 9, { recovered: true, confirmed: true }),
  },
  { it: 'a protected kind when it is confirmed', check: guard(['Namespace'], 30, { confirmed: true }) },
]) {
  test(`guard-prune lets through ${it}`, () => doesNotThrow(check));
}

for (const { it, check, says } of [
  { it: 'everything', check: guard(maps(3), 3), says: /delete 3 of 3 objects of shop: that is everything it has/ },
  { it: 'the only object', check: guard(maps(1), 1), says: /that is everything it has/ },
  { it: 'more than half', check: guard(maps(6), 10), says: /delete 6 of 10 objects of shop: that is more than half/ },
  { it: 'three of four', check: guard(maps(3), 4), says: /more than half/ },
  { it: 'more than half also where Git may be empty', check: guard(maps(6), 10, { allowEmpty: true }), says: /half/ },
  { it: 'a Namespace', check: guard(['Namespace'], 30), says: /Namespace n0 may hold what cannot be made again/ },
  {
    it: 'a volume',
    check: guard([...maps(1), 'PersistentVolumeClaim'], 30),
    says: /PersistentVolumeClaim n1 may hold/,
  },
  {
    it: 'what is known only since a loss',
    check: guard(maps(1), 9, { recovered: true }),
    says: /ConfigMap n0 is known only since the state was lost/,
  },
  { it: 'a definition', check: guard(['CustomResourceDefinition'], 30), says: /CustomResourceDefinition n0/ },
  {
    it: 'what asks for a word first',
    check: guard(maps(1), 30, { asksFirst: true }),
    says: /ConfigMap n0 asks for a word first \(Prune=confirm\)/,
  },
  {
    it: 'what asks for a word first on removal',
    check: guard(maps(1), 1, { asksFirst: true, removal: true }),
    says: /asks for a word first \(Delete=confirm\)/,
  },
  {
    it: 'a volume also where Git may be empty',
    check: guard(['PersistentVolumeClaim'], 1, { allowEmpty: true }),
    says: /PersistentVolumeClaim n0/,
  },
]) {
  test(`guard-prune stops ${it} without confirmation`, () =>
    throws(check, { code: 'sync.prune_guard', message: says }));
}
