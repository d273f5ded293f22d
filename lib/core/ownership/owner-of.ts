/** Whose an object is, as the marks of Trueup on it tell. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { installationLabel } from '../object/tracking.ts';
import { trackedBy } from '../plan/mark.ts';

export type Owner =
  | { is: 'nobody' }
  | { is: 'application'; name: string }
  /** One of another installation, whatever its Application is called. */
  | { is: 'installation'; name: string };

/** A label without a tracking id that describes the object was copied, by an operator say. */
export function ownerOf(live: KubernetesObject, installation: string): Owner {
  const application = trackedBy(live);
  if (application === null) return { is: 'nobody' };
  const other = live.metadata.labels?.[installationLabel];
  if (other !== undefined && other !== installation) return { is: 'installation', name: other };
  return { is: 'application', name: application };
}
