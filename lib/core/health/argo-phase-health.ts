/** Health of what Argo runs once, by its phase: a Workflow (as Argo CD judges it), an AnalysisRun, an Experiment. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { textAt } from './read-field.ts';

export function argoPhaseHealth(object: KubernetesObject): Health {
  const phase = textAt(object, 'status', 'phase');
  const because = textAt(object, 'status', 'message') || `It is ${phase || 'not begun'}`;
  switch (phase) {
    case 'Succeeded':
    case 'Successful':
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
