/** What `trueup health -f FILE -o json` prints: one line an object, in the order they came. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';
import { keyOf, type ObjectKey } from '../object/object-key.ts';
import { assessHealth } from './assess-health.ts';
import type { HealthStatus } from './health.ts';
import type { HealthRules } from './health-rules.ts';

export type HealthLine = ObjectKey & { status: HealthStatus; message: string };

/** A kind without health is shown as Healthy with no message, so that every document has a line. */
export function healthReport(objects: readonly KubernetesObject[], rules: HealthRules): HealthLine[] {
  return objects.map((object) => {
    const health = assessHealth(object, rules);
    return { ...keyOf(object), status: health?.status ?? 'Healthy', message: health?.because ?? '' };
  });
}
