/** Health of an Application of Argo CD that another one deploys: its own, so that the waves of an app of apps wait for each other. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import type { Health } from './health.ts';
import { textAt } from './read-field.ts';

/** null: it is Missing or Unknown, which says nothing of what it deploys; or no Argo CD looks at it. */
export function childApplicationHealth(object: KubernetesObject): Health | null {
  const status = textAt(object, 'status', 'health', 'status');
  const message = textAt(object, 'status', 'health', 'message');
  if (textAt(object, 'status', 'operationState', 'phase') === 'Running')
    return { status: 'Progressing', because: message || 'It is being synced' };
  switch (status) {
    case 'Healthy':
      return { status };
    case 'Progressing':
    case 'Degraded':
    case 'Suspended':
      return { status, because: message || `It is ${status}` };
    default:
      return null;
  }
}
