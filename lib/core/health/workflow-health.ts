/** Health of an Argo Workflow, by Argo CD's rules (gitops-engine health_argo.go). */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { textAt } from './read-field.ts';

export function workflowHealth(object: KubernetesObject): Health {
  const phase = textAt(object, 'status', 'phase');
  const because = textAt(object, 'status', 'message') || `The workflow is ${phase || 'not started'}`;
  switch (phase) {
    case 'Succeeded':
      return { status: 'Healthy' };
    case 'Failed':
    case 'Error':
      return { status: 'Degraded', because };
    case '':
    case 'Pending':
    case 'Running':
      return { status: 'Progressing', because };
    default:
      return { status: 'Unknown', because };
  }
}
