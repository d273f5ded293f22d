/** Health of a Rollout of Argo Rollouts, by the phase that its controller writes. It counts generations in text. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { textAt } from './read-field.ts';

export function rolloutHealth(object: KubernetesObject): Health {
  const invalid = findCondition(object, 'InvalidSpec');
  if (invalid?.status === 'True')
    return { status: 'Degraded', because: sayCondition(invalid, 'Its spec is not valid') };
  const generation = String(object.metadata.generation ?? 0);
  const observed = textAt(object, 'status', 'observedGeneration');
  if (observed !== generation) {
    const because = `The controller has not seen the latest change yet (generation ${generation}, observed ${observed || 'none'})`;
    return { status: 'Progressing', because };
  }
  return phaseHealth(textAt(object, 'status', 'phase'), textAt(object, 'status', 'message'));
}

function phaseHealth(phase: string, message: string): Health {
  const because = message || `The rollout is ${phase === '' ? 'not begun' : phase}`;
  switch (phase) {
    case 'Healthy':
      return { status: 'Healthy' };
    case 'Paused':
      return { status: 'Suspended', because };
    case 'Degraded':
      return { status: 'Degraded', because };
    case '':
    case 'Progressing':
      return { status: 'Progressing', because };
    default:
      return { status: 'Unknown', because };
  }
}
