/** Health of a PostgreSQL Cluster of CloudNativePG, by its condition Ready and the phase that says why not. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { findCondition } from './conditions.ts';
import type { Health } from './health.ts';
import { textAt } from './read-field.ts';

/** Phases that somebody has to do something about (cloudnative-pg.io, API reference, ClusterStatus). */
const needsSomebody =
  /not enough disk space|unable to create|cannot (execute|proceed)|incomplete or invalid|unrecoverable|manual intervention/i;

export function postgresClusterHealth(object: KubernetesObject): Health {
  if (findCondition(object, 'cnpg.io/hibernation')?.status === 'True')
    return { status: 'Suspended', because: 'It hibernates: its pods are gone, its volumes are kept' };
  if (findCondition(object, 'Ready')?.status === 'True') return { status: 'Healthy' };
  const phase = textAt(object, 'status', 'phase');
  if (phase === '') return { status: 'Progressing', because: 'Its operator has not looked at it yet' };
  const reason = textAt(object, 'status', 'phaseReason');
  const because = reason === '' ? phase : `${phase}: ${reason}`;
  return { status: needsSomebody.test(phase) ? 'Degraded' : 'Progressing', because };
}
