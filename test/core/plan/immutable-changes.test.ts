import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import type { KubernetesObject } from '../../../lib/core/object/kubernetes-object.ts';
import { immutableChanges } from '../../../lib/core/plan/immutable-changes.ts';

const object = (fields: Record<string, unknown>, kind = 'Thing'): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a', namespace: 'shop' },
  ...fields,
});

for (const { it, live, wanted, before = null, fields, except = [], gives, kind = 'Thing' } of [
  {
    it: 'names the old and the new value below the field',
    live: { spec: { selector: { app: 'a' }, replicas: 1 } },
    wanted: { spec: { selector: { app: 'b' }, replicas: 2 } },
    fields: ['spec.selector'],
    gives: [{ path: 'spec.selector.app', from: 'a', to: 'b' }],
  },
  {
    it: 'leaves out what only the server has set',
    live: { spec: { template: { image: 'a', dnsPolicy: 'ClusterFirst' } } },
    wanted: { spec: { template: { image: 'b' } } },
    fields: ['spec.template'],
    gives: [{ path: 'spec.template.image', from: 'a', to: 'b' }],
  },
  {
    it: 'names what Git no longer has',
    live: { spec: { fixed: 'a', set: 'by the server' } },
    before: { spec: { fixed: 'a' } },
    wanted: { spec: {} },
    fields: ['spec'],
    gives: [{ path: 'spec.fixed', from: 'a' }],
  },
  {
    it: 'looks around a field that Git writes under another name',
    live: { spec: { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'] } },
    wanted: { spec: { clusterIP: '10.0.0.2' } },
    fields: ['spec.clusterIPs[0]'],
    gives: [{ path: 'spec.clusterIP', from: '10.0.0.1', to: '10.0.0.2' }],
  },
  {
    it: 'leaves out what may be changed all the same',
    live: { spec: { serviceName: 'a', replicas: 1, containers: [{ name: 'c', image: 'a' }] } },
    wanted: { spec: { serviceName: 'b', replicas: 2, containers: [{ name: 'c', image: 'b' }] } },
    fields: ['spec'],
    except: ['spec.replicas', 'spec.containers[*].image'],
    gives: [{ path: 'spec.serviceName', from: 'a', to: 'b' }],
  },
  {
    it: 'says that a value of a Secret is another one, and not which',
    kind: 'Secret',
    live: { immutable: true, data: { password: 'b2xk' } },
    wanted: { immutable: true, data: { password: 'bmV3' } },
    fields: ['data'],
    gives: [{ path: 'data.password', from: '++++++++', to: '+++++++++' }],
  },
  {
    it: 'names nothing where nothing differs',
    live: { spec: { a: 1 } },
    wanted: { spec: { a: 1 } },
    fields: ['spec.a'],
    gives: [],
  },
]) {
  test(`immutable-changes ${it}`, () => {
    const sides = { live: object(live, kind), wanted: object(wanted, kind), before: before && object(before, kind) };
    deepEqual(immutableChanges({ fields, except, ...sides }), gives);
  });
}
