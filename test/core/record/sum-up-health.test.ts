import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { ApplicationState } from '../../../lib/core/application/application-state.ts';
import type { Health } from '../../../lib/core/health/health.ts';
import { formatKey } from '../../../lib/core/object/object-key.ts';
import type { ApplicationRecord, RecordedObject } from '../../../lib/core/record/record.ts';
import { intend } from '../../../lib/core/record/record-applied.ts';
import { sumUpHealth } from '../../../lib/core/record/sum-up-health.ts';
import { aConfigMap, aDesired, hashKey } from '../plan/a-desired.ts';

const healthy: ApplicationState['health'] = { status: 'Healthy', because: '', since: 5 };
const degraded: Health = { status: 'Degraded', because: 'it crashes' };

function recorded(name: string, health: Health | null | 'not applied', annotations = {}): RecordedObject {
  const object = aConfigMap(name);
  const known = intend(aDesired({ ...object, metadata: { ...object.metadata, annotations } }), hashKey);
  if (health === 'not applied') return known;
  return { ...known, applied: { uid: 'u', resourceVersion: '1', fieldsV1: {}, settled: {}, health } };
}

function recordOf(...objects: RecordedObject[]): ApplicationRecord {
  return { objects: Object.fromEntries(objects.map((object) => [formatKey(object.key), object])) };
}

for (const { it, record, before = healthy, gives } of [
  { it: 'is Healthy with nothing', record: recordOf(), gives: healthy },
  { it: 'stays Healthy since when it was', record: recordOf(recorded('a', { status: 'Healthy' })), gives: healthy },
  {
    it: 'is Degraded from now on, and says why',
    record: recordOf(recorded('a', { status: 'Healthy' }), recorded('b', degraded)),
    gives: { status: 'Degraded', because: 'ConfigMap shop/b: it crashes', since: 100 },
  },
  {
    it: 'keeps the time and renews the reason while it stays Degraded',
    record: recordOf(recorded('b', degraded)),
    before: { status: 'Degraded' as const, because: 'something else', since: 5 },
    gives: { status: 'Degraded', because: 'ConfigMap shop/b: it crashes', since: 5 },
  },
  { it: 'does not count what was not written yet', record: recordOf(recorded('a', 'not applied')), gives: healthy },
  {
    it: 'does not count what its annotation takes out',
    record: recordOf(recorded('a', degraded, { 'argocd.argoproj.io/ignore-healthcheck': 'true' })),
    gives: healthy,
  },
]) {
  test(`sum-up-health: an Application ${it}`, () => deepEqual(sumUpHealth(record, before, 100), gives));
}
