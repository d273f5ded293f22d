/** Tables of what is done next: a situation on the left, the one right step on the right. */
import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { nextStep, type Situation, type Step } from '../../../lib/core/sync/next-step.ts';

export type Case = { it: string; given: Situation; gives: Step };

export function table(what: string, cases: readonly Case[]): void {
  for (const { it, given, gives } of cases) test(`next-step ${what}: ${it}`, () => deepEqual(nextStep(given), gives));
}
