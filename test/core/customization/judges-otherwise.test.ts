import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { judgesOtherwise } from '../../../lib/core/customization/judges-otherwise.ts';
import { noCustomizations } from '../../../lib/core/customization/no-customizations.ts';

const script = (group: string, kind: string, lua = 'return nil') => ({ group, kind, lua, useOpenLibs: false });
const expression = (group: string, kind: string) => ({ group, kind, current: 'true', inProgress: '', failed: '' });
const widget = { group: 'example.com', kind: 'Widget' };
const none = { health: [], healthExpressions: [] };

for (const { it, former, now, gives } of [
  { it: 'nothing changed', former: none, now: none, gives: false },
  { it: 'there is a rule now', former: none, now: { health: [script('example.com', 'Widget')] }, gives: true },
  { it: 'its rule is gone', former: { health: [script('example.com', 'Widget')] }, now: none, gives: true },
  {
    it: 'the rule of another kind came',
    former: none,
    now: { health: [script('example.com', 'Gadget')] },
    gives: false,
  },
  { it: 'a glob came that means it', former: none, now: { health: [script('*.com', '*')] }, gives: true },
  {
    it: 'a glob came behind its own rule',
    former: { health: [script('example.com', 'Widget')] },
    now: { health: [script('*', '*', 'return 1'), script('example.com', 'Widget')] },
    gives: false,
  },
  {
    it: 'an expression came for its group',
    former: none,
    now: { healthExpressions: [expression('example.com', '')] },
    gives: true,
  },
]) {
  test(`judges-otherwise is ${gives} where ${it}`, () => {
    equal(judgesOtherwise({ ...noCustomizations(), ...former }, { ...noCustomizations(), ...now }, widget), gives);
  });
}
