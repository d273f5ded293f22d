import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { compileExpression } from '../../../lib/core/health/compile-expression.ts';
import { expressionRule } from '../../../lib/core/health/expression-health.ts';
import { findRule } from '../../../lib/core/health/health-rules.ts';
import { anObject } from './an-object.ts';

const ready = "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
const texts = { current: ready, inProgress: "status.phase == 'Building'", failed: "status.phase == 'Broken'" };
const conditions = [{ type: 'Ready', status: 'True' }];

function assess(status: unknown, over: Partial<typeof texts> = {}) {
  const rule = expressionRule({ group: 'example.com', kind: 'Widget', ...texts, ...over });
  const metadata = { name: 'w', generation: 2 };
  return rule.assess(anObject({ apiVersion: 'example.com/v1', kind: 'Widget', metadata, status }));
}

for (const { it, status, over = {}, gives } of [
  { it: 'is Healthy when it is current', status: { phase: 'Built', conditions }, gives: { status: 'Healthy' } },
  {
    it: 'is Progressing when it is in progress, whatever else is true',
    status: { phase: 'Building', conditions },
    over: { failed: 'true' },
    gives: { status: 'Progressing', because: "It is in progress: status.phase == 'Building'" },
  },
  {
    it: 'is Degraded when it failed, current or not',
    status: { phase: 'Broken', conditions },
    gives: { status: 'Degraded', because: "It has failed: status.phase == 'Broken'" },
  },
  {
    it: 'is Progressing when nothing is true',
    status: { phase: 'Built', conditions: [] },
    gives: { status: 'Progressing', because: `It is not current yet: ${ready}` },
  },
  {
    it: 'is Progressing while a change has not been seen',
    status: { phase: 'Broken', observedGeneration: 1 },
    gives: {
      status: 'Progressing',
      because: 'The controller has not seen the latest change yet (generation 2, observed 1)',
    },
  },
  {
    it: 'is Progressing while a field is not there yet',
    status: {},
    gives: { status: 'Progressing', because: 'It cannot be told yet: No such key: phase' },
  },
  {
    it: 'asks RE2 whether a text matches, which ends in time',
    status: { phase: `${'a'.repeat(200)}!` },
    over: { inProgress: '', failed: "status.phase.matches('^(a+)+$')", current: "status.phase.matches('^a+!$')" },
    gives: { status: 'Healthy' },
  },
  {
    it: 'matches in a condition of a condition, too',
    status: { phase: 'Built', conditions },
    over: { current: "status.conditions.exists(c, c.type.matches('^Re') && c.status.matches('ue$'))" },
    gives: { status: 'Healthy' },
  },
  {
    it: 'is Progressing where a pattern that is put together is none',
    status: { phase: '(' },
    over: { inProgress: '', failed: '', current: "'a'.matches(status.phase)" },
    gives: {
      status: 'Progressing',
      because: 'It cannot be told yet: error parsing regexp: missing closing ): `(`',
    },
  },
  {
    it: 'counts whole numbers as whole numbers',
    status: { ready: 3, wanted: 3 },
    over: { inProgress: '', failed: '', current: 'status.ready == status.wanted && status.ready + 1 == 4' },
    gives: { status: 'Healthy' },
  },
]) {
  test(`expression-health ${it}`, () => deepEqual(assess(status, over), gives));
}

test('expression-health without a kind is for its whole group, and an exact kind comes first', () => {
  const rules = [
    expressionRule({ group: 'example.com', kind: '', ...texts }),
    expressionRule({ group: 'example.com', kind: 'Widget', ...texts }),
  ];
  equal(findRule(rules, { group: 'example.com', kind: 'Widget' }), rules[1]);
  equal(findRule(rules, { group: 'example.com', kind: 'Gadget' }), rules[0]);
  equal(findRule(rules, { group: 'example.org', kind: 'Gadget' }), null);
});

for (const { it, text } of [
  { it: 'a pattern that is none', text: "status.phase.matches('(')" },
  { it: 'a pattern that looks ahead, which takes no end', text: "status.phase.matches('a(?=b)')" },
]) {
  test(`compile-expression refuses ${it}`, () => throws(() => compileExpression(text), /error parsing regexp/));
}
