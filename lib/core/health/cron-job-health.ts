/** Health of a CronJob, by Argo CD's rules (resource_customizations/batch/CronJob). Times are RFC 3339 in UTC and so sort as text. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { fieldAt, listAt, textAt } from './read-field.ts';

export function cronJobHealth(object: KubernetesObject): Health {
  if (fieldAt(object, 'spec', 'suspend') === true) {
    return { status: 'Suspended', because: 'The CronJob is suspended: it runs again once spec.suspend is false' };
  }
  if (fieldAt(object, 'status') === undefined) {
    return { status: 'Progressing', because: 'The controller has not seen this CronJob yet' };
  }
  const scheduled = textAt(object, 'status', 'lastScheduleTime');
  const succeeded = textAt(object, 'status', 'lastSuccessfulTime');
  if (scheduled === '') return { status: 'Healthy', because: 'It was not due yet' };
  if (succeeded === '')
    return { status: 'Healthy', because: 'No run has succeeded so far; the first may still be under way' };
  if (listAt(object, 'status', 'active').length > 0) return { status: 'Healthy', because: 'A run is under way' };
  if (succeeded < scheduled) {
    return {
      status: 'Degraded',
      because: `The run of ${scheduled} did not succeed; the last that did ended ${succeeded}`,
    };
  }
  return { status: 'Healthy' };
}
