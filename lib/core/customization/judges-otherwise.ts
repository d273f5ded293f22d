/** Whether objects of a kind are judged by another rule than before: then their health has to be looked at again. */
import { isDeepStrictEqual } from 'node:util';
import { findRule } from '../health/health-rules.ts';
import type { ObjectKey } from '../object/object-key.ts';
import type { Customizations } from './customizations.ts';

type Judging = Pick<Customizations, 'health' | 'healthExpressions'>;

export function judgesOtherwise(former: Judging, now: Judging, kind: Pick<ObjectKey, 'group' | 'kind'>): boolean {
  return !isDeepStrictEqual(ruleFor(former, kind), ruleFor(now, kind));
}

/** As the rules of a run stand: scripts first; an expression without a kind is for its whole group. */
function ruleFor({ health, healthExpressions }: Judging, kind: Pick<ObjectKey, 'group' | 'kind'>) {
  const expressions = healthExpressions.map((rule) => (rule.kind === '' ? { ...rule, kind: '*' } : rule));
  return findRule([...health, ...expressions], kind);
}
