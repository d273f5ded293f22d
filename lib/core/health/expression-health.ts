/** Health by CEL expressions, in Flux's order: a change not seen yet, in progress, failed, current; none of them is in progress. */
import type { HealthExpressions } from '../customization/customizations.ts';
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { compileExpression } from './compile-expression.ts';
import type { Health } from './health.ts';
import type { HealthRule } from './health-rules.ts';
import { numberAt } from './read-field.ts';
import { unobservedHealth } from './unobserved-health.ts';

/** A rule without a kind is for every kind of its group. */
export function expressionRule({ group, kind, ...texts }: HealthExpressions): HealthRule {
  return { group, kind: kind === '' ? '*' : kind, assess: (object) => assess(object, texts) };
}

type Texts = Omit<HealthExpressions, 'group' | 'kind'>;

function assess(object: KubernetesObject, { current, inProgress, failed }: Texts): Health {
  const unobserved = numberAt(object, 'status', 'observedGeneration') === null ? null : unobservedHealth(object);
  if (unobserved !== null) return unobserved;
  try {
    if (holds(inProgress, object)) return { status: 'Progressing', because: `It is in progress: ${inProgress}` };
    if (holds(failed, object)) return { status: 'Degraded', because: `It has failed: ${failed}` };
    return holds(current, object)
      ? { status: 'Healthy' }
      : { status: 'Progressing', because: `It is not current yet: ${current}` };
  } catch (error) {
    // Most often a field that the controller has not written yet.
    const because = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { status: 'Progressing', because: `It cannot be told yet: ${because}` };
  }
}

function holds(text: string, object: KubernetesObject): boolean {
  return text !== '' && compileExpression(text).holds(object);
}
