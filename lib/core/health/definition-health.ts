/**
 * Health of a CustomResourceDefinition, by Argo CD's rules but for one: a definition that is still being installed is
 * Progressing, not Degraded. The API server says `Established: False, Installing` for some milliseconds after every create.
 */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { conditionsOf, findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';

export function definitionHealth(object: KubernetesObject): Health {
  if (conditionsOf(object).length === 0) {
    return { status: 'Progressing', because: 'The API server has not looked at this definition yet' };
  }
  const terminating = findCondition(object, 'Terminating');
  if (terminating?.status === 'True') {
    return { status: 'Progressing', because: sayCondition(terminating, 'It is being removed') };
  }
  const names = findCondition(object, 'NamesAccepted');
  if (names?.status === 'False') {
    return { status: 'Degraded', because: `Its names are not accepted: ${sayCondition(names, 'no reason is given')}` };
  }
  return establishedHealth(object);
}

function establishedHealth(object: KubernetesObject): Health {
  const established = findCondition(object, 'Established');
  if (established?.status !== 'True') {
    return established?.reason === 'Installing'
      ? { status: 'Progressing', because: 'The API server is installing it' }
      : {
          status: 'Degraded',
          because: `It is not established: ${established ? sayCondition(established, 'no reason is given') : 'the condition is absent'}`,
        };
  }
  const schema = findCondition(object, 'NonStructuralSchema');
  if (schema?.status === 'True') {
    return {
      status: 'Degraded',
      because: `Its schema is not structural: ${sayCondition(schema, 'no reason is given')}`,
    };
  }
  return { status: 'Healthy' };
}
