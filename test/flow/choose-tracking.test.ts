import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../../lib/core/object/object-key.ts';
import type { TrackingMode } from '../../lib/core/options/tracking-mode.ts';
import { trackingId } from '../../lib/core/plan/mark.ts';
import { isUnmarked, unmark } from '../../lib/core/plan/unmark.ts';
import { intend } from '../../lib/core/record/record-applied.ts';
import { chooseTracking } from '../../lib/flow/choose-tracking.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { aDesired, hashKey } from '../core/plan/a-desired.ts';
import { doorPorts } from '../support/door-ports.ts';
import { memoryCluster } from './memory-cluster.ts';

const metadata = { name: 'a', namespace: 'shop' };
const withMarks = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, annotations: { 'trueup.dev/tracking-id': trackingId('shop', keyOf(object)) } },
});
const widget = withMarks({ apiVersion: 'example.com/v1', kind: 'Widget', metadata });
const settings = withMarks({ apiVersion: 'v1', kind: 'ConfigMap', metadata });

type Given = {
  object?: KubernetesObject;
  asked?: TrackingMode;
  /** null: it is not there. */
  live?: KubernetesObject | null;
  recorded?: { manifest: KubernetesObject; applied: boolean };
  served?: boolean;
};

async function choose({ object = widget, asked, live = null, recorded, served = true }: Given): Promise<boolean> {
  const desired = aDesired(asked === 'inventory' ? unmark(object) : object, { tracking: asked ?? null, served });
  const applied = { uid: 'u', resourceVersion: '1', fieldsV1: {}, settled: {}, health: null };
  const known =
    recorded === undefined
      ? {}
      : {
          [formatKey(desired.key)]: {
            ...intend(aDesired(recorded.manifest), hashKey),
            applied: recorded.applied ? applied : null,
          },
        };
  const cluster: ReturnType<Ports['cluster']> = { ...memoryCluster(() => 0), read: async () => live };
  const ports = doorPorts({ cluster: () => cluster });
  const [chosen] = await chooseTracking([desired], { record: { objects: known }, cluster: 'prod' }, ports);
  return chosen !== undefined && isUnmarked({ manifest: chosen.object });
}

for (const { it, given, unmarked } of [
  { it: 'a custom resource that is made gets marks', given: {}, unmarked: false },
  { it: 'a custom resource that is adopted gets none', given: { live: unmark(widget) }, unmarked: true },
  { it: 'one that has ours keeps them', given: { live: widget }, unmarked: false },
  {
    it: 'one that was adopted stays as it is',
    given: { live: unmark(widget), recorded: { manifest: unmark(widget), applied: true } },
    unmarked: true,
  },
  {
    it: 'one about to be adopted when a worker died still is',
    given: { recorded: { manifest: unmark(widget), applied: false } },
    unmarked: true,
  },
  {
    it: 'one that was made with marks keeps them, whoever took them away',
    given: { live: unmark(widget), recorded: { manifest: widget, applied: true } },
    unmarked: false,
  },
  { it: 'one whose kind is yet to come gets marks', given: { served: false }, unmarked: false },
  {
    it: 'an object of Kubernetes’ own kinds that is adopted gets marks',
    given: { object: settings, live: unmark(settings) },
    unmarked: false,
  },
  { it: 'what asks for the inventory gets none', given: { object: settings, asked: 'inventory' }, unmarked: true },
  { it: 'what asks for marks gets them', given: { live: unmark(widget), asked: 'label' }, unmarked: false },
  {
    it: 'what asks for marks gets them though it had none',
    given: { asked: 'label', live: unmark(widget), recorded: { manifest: unmark(widget), applied: true } },
    unmarked: false,
  },
] satisfies { it: string; given: Given; unmarked: boolean }[]) {
  test(`choose-tracking: ${it}`, async () => deepEqual(await choose(given), unmarked));
}
