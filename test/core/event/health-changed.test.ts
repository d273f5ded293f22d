import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { ApplicationState } from '../../../lib/core/application/application-state.ts';
import { initialState } from '../../../lib/core/application/initial-state.ts';
import { healthChanged } from '../../../lib/core/event/health-changed.ts';
import type { HealthStatus } from '../../../lib/core/health/health.ts';

const faring = (status: HealthStatus, since: number, because = ''): ApplicationState => ({
  ...initialState('shop'),
  health: { status, because, since },
});
const changed = (before: ApplicationState, after: ApplicationState, now = 9_000) =>
  healthChanged({ application: { name: 'shop' }, cluster: 'prod', state: before }, after, now);

test('health-changed says from what to what, and why', () => {
  const [event] = changed(faring('Healthy', 5), faring('Degraded', 9, 'Pod shop/web: it crashes'));
  deepEqual(event, {
    id: 'shop-health-5-Healthy-Degraded',
    at: '1970-01-01T00:00:09.000Z',
    application: 'shop',
    cluster: 'prod',
    who: 'the cluster',
    why: 'Pod shop/web: it crashes',
    type: 'health.changed',
    from: 'Healthy',
    to: 'Degraded',
    because: 'Pod shop/web: it crashes',
  });
});

test('health-changed gives a status without a reason a plain sentence', () => {
  equal(changed(faring('Degraded', 5, 'x'), faring('Healthy', 9))[0]?.why, 'it is Healthy');
});

test('health-changed has nothing to say while the status stays, whatever the reason', () => {
  deepEqual(changed(faring('Degraded', 5, 'one'), faring('Degraded', 5, 'another')), []);
});

test('health-changed: one change told twice is one event, the next time it happens is another', () => {
  const id = (since: number, now: number) =>
    changed(faring('Healthy', since), faring('Degraded', now, 'x'), now)[0]?.id;
  equal(id(5, 9_000), id(5, 10_000));
  notEqual(id(5, 9_000), id(50, 9_000));
});
