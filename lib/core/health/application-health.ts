/** Health of an Application: that of its worst object, naming the culprits. */
import { formatKey, type ObjectKey } from '../object/object-key.ts';
import type { Health, HealthStatus } from './health.ts';
import { ignoresHealth } from './ignores-health.ts';

/** From best to worst, as in Argo CD (gitops-engine health.go). */
const order: readonly HealthStatus[] = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'];

const namedCulprits = 3;

export type ObjectHealth = {
  key: ObjectKey;
  /** null: the kind has no health. */
  health: Health | null;
  /** The object's own. */
  annotations?: Readonly<Record<string, string>> | undefined;
};

/** Without anything to judge it is Healthy: an Application of ConfigMaps has nothing that could be ill. */
export function applicationHealth(objects: readonly ObjectHealth[]): Health {
  const counted = objects.flatMap(({ key, health, annotations }) =>
    health === null || ignoresHealth(annotations) ? [] : [{ key, health }],
  );
  const worst = counted.reduce<HealthStatus>((sofar, { health }) => worse(sofar, health.status), 'Healthy');
  if (worst === 'Healthy') return { status: 'Healthy' };

  const culprits = counted.filter(({ health }) => health.status === worst);
  const named = culprits
    .slice(0, namedCulprits)
    .map(({ key, health }) => `${formatKey(key)}: ${health.because ?? worst}`);
  const rest = culprits.length - named.length;
  return { status: worst, because: rest > 0 ? `${named.join('; ')}; and ${rest} more` : named.join('; ') };
}

function worse(one: HealthStatus, other: HealthStatus): HealthStatus {
  return order.indexOf(other) > order.indexOf(one) ? other : one;
}
