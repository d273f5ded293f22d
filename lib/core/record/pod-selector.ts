/** The label selector of the pods a workload makes. */
import type { KubernetesObject } from '../object/kubernetes-object.ts';

/** null for what makes no pods, or selects them with more than `matchLabels`. A Job's pods carry its name. */
export function podSelector({ kind, metadata, ...rest }: KubernetesObject): string | null {
  if (kind === 'Job') return `batch.kubernetes.io/job-name=${metadata.name}`;
  const spec = rest.spec as
    | { selector?: { matchLabels?: Record<string, string>; matchExpressions?: unknown } }
    | undefined;
  if (spec?.selector?.matchExpressions !== undefined) return null;
  const labels = Object.entries(spec?.selector?.matchLabels ?? {});
  return labels.length === 0 ? null : labels.map(([name, value]) => `${name}=${value}`).join(',');
}
