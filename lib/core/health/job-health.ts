/**
 * Health of a Job, by Argo CD's rules (gitops-engine health_job.go) but for one: a Job that was resumed and still runs
 * is Progressing, where Argo CD takes the condition Suspended=False for an end and says Healthy.
 */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition, sayCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { countAt, fieldAt, numberAt } from './read-field.ts';

export function jobHealth(object: KubernetesObject): Health {
  const failed = findCondition(object, 'Failed');
  if (failed?.status === 'True') return { status: 'Degraded', because: sayCondition(failed, 'The Job has failed') };
  if (findCondition(object, 'Complete')?.status === 'True') return { status: 'Healthy' };
  if (fieldAt(object, 'spec', 'suspend') === true || findCondition(object, 'Suspended')?.status === 'True') {
    return { status: 'Suspended', because: 'The Job is suspended: it goes on once spec.suspend is false' };
  }
  return { status: 'Progressing', because: progress(object) };
}

function progress(object: KubernetesObject): string {
  const done = `${countAt(object, 'status', 'succeeded')} of ${numberAt(object, 'spec', 'completions') ?? 1} completions are done`;
  const failed = countAt(object, 'status', 'failed');
  return failed === 0 ? done : `${done}, ${failed} pods have failed`;
}
