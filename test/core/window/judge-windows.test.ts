import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { type JudgedWindow, judgeWindows } from '../../../lib/core/window/judge-windows.ts';

const window = (kind: JudgedWindow['kind'], active: boolean, given: Partial<JudgedWindow> = {}): JudgedWindow => ({
  kind,
  active,
  manualSync: false,
  syncOverrun: false,
  ...given,
});
const manual = { manualSync: true };
const overrun = { syncOverrun: true };
const deny = (given?: Partial<JudgedWindow>) => window('deny', true, given);
const laterDeny = (given?: Partial<JudgedWindow>) => window('deny', false, given);
const allow = (given?: Partial<JudgedWindow>) => window('allow', true, given);
const laterAllow = (given?: Partial<JudgedWindow>) => window('allow', false, given);

/** [automated, manual]: may it start? */
const starts: { it: string; given: JudgedWindow[]; may: [boolean, boolean] }[] = [
  { it: 'no window', given: [], may: [true, true] },
  { it: 'an active deny', given: [deny()], may: [false, false] },
  { it: 'an active deny that lets people', given: [deny(manual)], may: [false, true] },
  { it: 'two active denies, one of which lets people', given: [deny(manual), deny()], may: [false, false] },
  { it: 'two active denies that let people', given: [deny(manual), deny(manual)], may: [false, true] },
  { it: 'an active deny over an active allow', given: [deny(), allow()], may: [false, false] },
  { it: 'an active deny that lets people, and no allow open', given: [deny(manual), laterAllow()], may: [false, true] },
  { it: 'a deny that is not active', given: [laterDeny()], may: [true, true] },
  { it: 'an active allow', given: [allow()], may: [true, true] },
  { it: 'an active allow beside one that is not', given: [allow(), laterAllow()], may: [true, true] },
  { it: 'an active allow and a deny that is not', given: [allow(), laterDeny()], may: [true, true] },
  { it: 'an allow that is not active', given: [laterAllow()], may: [false, false] },
  { it: 'an allow that is not active and lets people', given: [laterAllow(manual)], may: [false, true] },
  { it: 'two allows, one of which lets people', given: [laterAllow(manual), laterAllow()], may: [false, false] },
  { it: 'two allows that let people', given: [laterAllow(manual), laterAllow(manual)], may: [false, true] },
  { it: 'an allow and a deny, neither active', given: [laterAllow(), laterDeny(manual)], may: [false, false] },
  { it: 'overrun, which is nothing for what has not begun', given: [deny(overrun)], may: [false, false] },
];

for (const { it, given, may } of starts) {
  test(`judge-windows: ${it}`, () => {
    const judged = [false, true].map((isManual) => judgeWindows(given, { manual: isManual, running: false }));
    deepEqual(
      judged.map((inTheWay) => inTheWay.length === 0),
      may,
    );
  });
}

/** The transitions of Argo CD's page on sync windows: what the running sync meets now. */
const transitions: { it: string; now: JudgedWindow[]; goesOn: boolean }[] = [
  { it: 'no window → deny with overrun', now: [deny(overrun)], goesOn: true },
  { it: 'no window → deny without overrun', now: [deny()], goesOn: false },
  { it: 'allow with overrun → deny with overrun', now: [laterAllow(overrun), deny(overrun)], goesOn: true },
  { it: 'allow with overrun → deny without overrun', now: [laterAllow(overrun), deny()], goesOn: false },
  { it: 'allow without overrun → deny with overrun', now: [laterAllow(), deny(overrun)], goesOn: true },
  { it: 'allow without overrun → deny without overrun', now: [laterAllow(), deny()], goesOn: false },
  { it: 'allow with overrun → it ends', now: [laterAllow(overrun)], goesOn: true },
  { it: 'several allows with overrun → all end', now: [laterAllow(overrun), laterAllow(overrun)], goesOn: true },
  { it: 'several allows, one without overrun → all end', now: [laterAllow(overrun), laterAllow()], goesOn: false },
  { it: 'deny with overrun beside one without', now: [deny(overrun), deny()], goesOn: false },
];

for (const { it, now, goesOn } of transitions) {
  test(`judge-windows while it runs: ${it}`, () => {
    equal(judgeWindows(now, { manual: false, running: true }).length === 0, goesOn);
  });
}

test('judge-windows lets a running sync of a person past what lets people', () => {
  deepEqual(judgeWindows([deny(manual)], { manual: true, running: true }), []);
});

test('judge-windows names what blocks: the active denies, else the allows that are not open', () => {
  const blocking = [deny(), deny(manual)];
  deepEqual(judgeWindows([...blocking, laterAllow(), laterDeny()], { manual: true, running: false }), blocking);
  deepEqual(judgeWindows([laterAllow(), laterDeny()], { manual: false, running: false }), [laterAllow()]);
});
