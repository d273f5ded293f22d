import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { applicationHealth } from '../../../lib/core/health/application-health.ts';
import type { Health, HealthStatus } from '../../../lib/core/health/health.ts';
import { missingHealth } from '../../../lib/core/health/missing-health.ts';

const key = (name: string) => ({ group: 'apps', kind: 'Deployment', namespace: 'shop', name });
const ill = (status: Exclude<HealthStatus, 'Healthy'>, because = 'it is'): Health => ({ status, because });
const healthy: Health = { status: 'Healthy' };

for (const { it, given, gives } of [
  { it: 'is Healthy when there is nothing to judge', given: [], gives: healthy },
  { it: 'is not moved by kinds without health', given: [null, healthy, null], gives: healthy },
  {
    it: 'puts Suspended above Healthy',
    given: [healthy, ill('Suspended')],
    gives: ill('Suspended', 'apps/Deployment shop/d1: it is'),
  },
  {
    it: 'puts Progressing above Suspended',
    given: [ill('Progressing'), ill('Suspended')],
    gives: ill('Progressing', 'apps/Deployment shop/d0: it is'),
  },
  {
    it: 'puts Missing above Progressing',
    given: [ill('Progressing'), missingHealth],
    gives: ill('Missing', 'apps/Deployment shop/d1: It is not in the cluster'),
  },
  {
    it: 'puts Degraded above Missing',
    given: [ill('Degraded'), missingHealth],
    gives: ill('Degraded', 'apps/Deployment shop/d0: it is'),
  },
  {
    it: 'puts Unknown above Degraded',
    given: [ill('Degraded'), ill('Unknown')],
    gives: ill('Unknown', 'apps/Deployment shop/d1: it is'),
  },
  {
    it: 'names three culprits and counts the others',
    given: [
      ill('Degraded', 'a'),
      healthy,
      ill('Degraded', 'b'),
      ill('Degraded', 'c'),
      ill('Degraded', 'd'),
      ill('Degraded', 'e'),
    ],
    gives: ill(
      'Degraded',
      'apps/Deployment shop/d0: a; apps/Deployment shop/d2: b; apps/Deployment shop/d3: c; and 2 more',
    ),
  },
]) {
  test(`application-health ${it}`, () => {
    deepEqual(applicationHealth(given.map((health, index) => ({ key: key(`d${index}`), health }))), gives);
  });
}

test('application-health leaves out an object that says it is not to be counted', () => {
  const annotations = { 'argocd.argoproj.io/ignore-healthcheck': 'true' };
  deepEqual(applicationHealth([{ key: key('d'), health: ill('Degraded'), annotations }]), healthy);
  deepEqual(
    applicationHealth([
      { key: key('d'), health: ill('Degraded'), annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'false' } },
    ]),
    ill('Degraded', 'apps/Deployment shop/d: it is'),
  );
});
