import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { assessHealth } from '../../lib/core/health/assess-health.ts';
import type { KubernetesObject } from '../../lib/core/object/kubernetes-object.ts';
import { formatKey, keyOf } from '../../lib/core/object/object-key.ts';
import type { RecordedObject } from '../../lib/core/record/record.ts';
import { lookAtHealth } from '../../lib/flow/look-at-health.ts';
import type { Cluster, ServedKind } from '../../lib/ports/cluster.ts';

const claims: ServedKind = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  namespaced: true,
  verbs: ['get', 'list'],
};

function claim(index: number, phase: string): KubernetesObject {
  const metadata = { name: `disk-${index}`, namespace: 'shop' };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, status: { phase } };
}

function recorded(object: KubernetesObject): RecordedObject {
  const origin = { file: 'a.yaml', line: 1 };
  const { apiVersion } = object;
  return { key: keyOf(object), apiVersion, origin, desiredHash: '', manifest: object, applied: null };
}

/** `listed` is what the label finds, `there` what is there; `asked` says what was asked. */
function clusterOf({ listed, there }: { listed: KubernetesObject[]; there: KubernetesObject[] }) {
  const asked: string[] = [];
  const cluster: Pick<Cluster, 'facts' | 'read' | 'list'> = {
    facts: async () => ({ kubeVersion: 'v1.36.3', apiVersions: ['v1'], kinds: [claims] }),
    async read({ kind, namespace, name }) {
      asked.push(`read ${name}`);
      return there.find((object) => formatKey(keyOf(object)) === `${kind} ${namespace}/${name}`) ?? null;
    },
    async list({ plural }, { labelSelector, namespace }) {
      asked.push(`list ${plural} of ${labelSelector} in ${namespace}`);
      return {
        position: '1',
        items: (async function* () {
          yield* listed;
        })(),
      };
    },
  };
  return { cluster, asked };
}

test('look-at-health reads a few objects one by one', async () => {
  const objects = [claim(1, 'Bound'), claim(2, 'Lost')];
  const { cluster, asked } = clusterOf({ listed: [], there: objects });
  const healths = await lookAtHealth(objects.map(recorded), {
    application: 'shop',
    cluster,
    assess: (object) => assessHealth(object, []),
  });
  deepEqual(
    [...healths].map(([name, health]) => [name, health?.status]),
    [
      ['PersistentVolumeClaim shop/disk-1', 'Healthy'],
      ['PersistentVolumeClaim shop/disk-2', 'Degraded'],
    ],
  );
  deepEqual(asked, ['read disk-1', 'read disk-2']);
});

test('look-at-health lists many of one kind, and reads only what the list lacks', async () => {
  const objects = Array.from({ length: 100 }, (_, index) => claim(index, 'Bound'));
  const [unlabelled, gone, ...listed] = objects;
  const { cluster, asked } = clusterOf({ listed, there: unlabelled === undefined ? [] : [unlabelled] });
  const healths = await lookAtHealth(objects.map(recorded), {
    application: 'shop',
    cluster,
    assess: (object) => assessHealth(object, []),
  });
  deepEqual(asked, [
    'list persistentvolumeclaims of trueup.dev/application=shop in shop',
    'read disk-0',
    'read disk-1',
  ]);
  equal(healths.size, 100);
  equal(healths.get('PersistentVolumeClaim shop/disk-0')?.status, 'Healthy');
  equal(gone && healths.get(formatKey(keyOf(gone)))?.status, 'Missing');
  equal(healths.get('PersistentVolumeClaim shop/disk-99')?.status, 'Healthy');
});
