import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { assessHealth } from '../../../lib/core/health/assess-health.ts';
import { findRule, type HealthRule } from '../../../lib/core/health/health-rules.ts';
import { anObject } from './an-object.ts';

const rule = (group: string, kind: string): HealthRule => ({
  group,
  kind,
  assess: () => ({ status: 'Degraded', because: `${group}/${kind}` }),
});
const rules = [rule('*', 'Widget'), rule('*.example.com', '*'), rule('a.example.com', 'Widget'), rule('', 'Pod')];

for (const { group, kind, gives } of [
  { group: 'a.example.com', kind: 'Widget', gives: 'a.example.com/Widget' },
  { group: 'b.example.com', kind: 'Widget', gives: '*/Widget' },
  { group: 'b.example.com', kind: 'Gadget', gives: '*.example.com/*' },
  { group: 'example.org', kind: 'Gadget', gives: undefined },
  { group: '', kind: 'Pod', gives: '/Pod' },
]) {
  test(`health-rules answer ${group}/${kind} with ${gives ?? 'none'}: an exact one before a glob, and globs in order`, () => {
    const found = findRule(rules, { group, kind });
    equal(found === null ? undefined : `${found.group}/${found.kind}`, gives);
  });
}

const pod = anObject({ kind: 'Pod', status: { phase: 'Succeeded' } });

test('assess-health asks a rule of the fleet before a built-in one', () => {
  equal(assessHealth(pod, rules)?.status, 'Degraded');
  equal(assessHealth(pod, [])?.status, 'Healthy');
});

test('assess-health asks no rule about what is being deleted', () => {
  const metadata = { name: 'p', deletionTimestamp: '2026-01-01T00:00:00Z' };
  equal(assessHealth(anObject({ kind: 'Pod', metadata }), rules)?.status, 'Progressing');
});

test('assess-health takes a rule at its word that there is no health', () => {
  equal(assessHealth(pod, [{ group: '', kind: 'Pod', assess: () => null }]), null);
});
