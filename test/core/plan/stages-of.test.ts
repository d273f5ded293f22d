import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Phase } from '../../../lib/core/hook/hook.ts';
import type { PlannedChange, Stage } from '../../../lib/core/plan/plan.ts';
import { type ChangeInWave, stagesOf } from '../../../lib/core/plan/stages-of.ts';

type Given = { kind?: string; group?: string; namespace?: string; wave?: number; last?: boolean };

function place(name: string, { kind = 'ConfigMap', group = '', namespace = 'shop', wave = 0, last = false }: Given) {
  const of = { key: { group, kind, namespace, name }, apiVersion: 'v1' };
  return { of, wave, last };
}

function apply(name: string, given: Given = {}): ChangeInWave {
  const { of, wave, last } = place(name, given);
  const origin = { file: 'a.yaml', line: 1 };
  const change = { ...of, action: 'create' as const, desiredHash: 'h', origin, uid: null, diff: [], rehearsed: true };
  return { change: { ...change, drift: null }, wave, last };
}

function prune(name: string, given: Given = {}): ChangeInWave {
  const { of, wave, last } = place(name, given);
  return { change: { ...of, action: 'delete', uid: 'u', propagation: 'Foreground' }, wave, last };
}

function hook(name: string, phase: Phase, given: Given = {}): ChangeInWave {
  const { of, wave, last } = place(name, { kind: 'Job', group: 'batch', ...given });
  const origin = { file: 'a.yaml', line: 1 };
  const change: PlannedChange = {
    ...of,
    action: 'hook',
    phase,
    deletePolicies: [],
    desiredHash: 'h',
    origin,
    rehearsed: true,
  };
  return { change, wave, last };
}

const tell = (stages: readonly Stage[]) =>
  stages.map(({ phase, wave, changes }) => `${phase} ${wave}: ${changes.map(({ key }) => key.name).join(' ')}`);

for (const { it, given, gives } of [
  {
    it: 'goes by phase, then wave, then kind',
    given: [
      hook('after', 'PostSync', { wave: -5 }),
      apply('web', { kind: 'Deployment', group: 'apps' }),
      apply('late', { wave: 1 }),
      hook('before', 'PreSync', { wave: 9 }),
      apply('settings'),
      hook('beside', 'Sync'),
    ],
    gives: [
      'PreSync 9: before',
      'Sync 0: settings',
      'Sync 0: web',
      'Sync 0: beside',
      'Sync 1: late',
      'PostSync -5: after',
    ],
  },
  {
    it: 'applies before it prunes, in each wave, and prunes in the opposite order of kinds',
    given: [
      prune('old-settings'),
      prune('old-web', { kind: 'Deployment', group: 'apps' }),
      apply('settings'),
      apply('web', { kind: 'Deployment', group: 'apps' }),
    ],
    gives: ['Sync 0: settings', 'Sync 0: web', 'Sync 0: old-web', 'Sync 0: old-settings'],
  },
  {
    it: 'prunes in mirrored waves',
    given: [prune('first', { wave: -1 }), prune('middle', { wave: 0 }), prune('last', { wave: 7 })],
    gives: ['Sync -1: last', 'Sync 0: middle', 'Sync 7: first'],
  },
  {
    it: 'prunes last what asks for it, behind every wave',
    given: [prune('old', { last: true, wave: -3 }), prune('other'), apply('new', { wave: 4 })],
    gives: ['Sync -3: other', 'Sync 4: new', 'Sync 5: old'],
  },
  {
    it: 'pulls a Namespace ahead of a hook that lives in it',
    given: [
      apply('shop', { kind: 'Namespace', namespace: '', wave: 3 }),
      apply('settings'),
      hook('migrate', 'PreSync', { wave: -2 }),
    ],
    gives: ['PreSync -2: shop', 'PreSync -2: migrate', 'Sync 0: settings'],
  },
  {
    it: 'pulls a definition ahead of the first object of its group',
    given: [
      apply('widgets.example.com', {
        kind: 'CustomResourceDefinition',
        group: 'apiextensions.k8s.io',
        namespace: '',
        wave: 2,
      }),
      apply('w', { kind: 'Widget', group: 'example.com', wave: 1 }),
      apply('settings'),
    ],
    gives: ['Sync 0: settings', 'Sync 1: widgets.example.com', 'Sync 1: w'],
  },
  {
    it: 'leaves a Namespace that comes early enough where it is',
    given: [apply('shop', { kind: 'Namespace', namespace: '', wave: -9 }), apply('settings')],
    gives: ['Sync -9: shop', 'Sync 0: settings'],
  },
]) {
  test(`stages-of ${it}`, () => deepEqual(tell(stagesOf(given)), gives));
}

test('stages-of loses and doubles nothing, and puts no object before the Namespace it lives in', () => {
  const change = fc.oneof(
    fc
      .record({ wave: fc.integer({ min: -2, max: 2 }), namespace: fc.constantFrom('a', 'b') })
      .map((given) => apply('x', given)),
    fc
      .record({ wave: fc.integer({ min: -2, max: 2 }), name: fc.constantFrom('a', 'b') })
      .map(({ wave, name }) => apply(name, { kind: 'Namespace', namespace: '', wave })),
    fc.record({ wave: fc.integer({ min: -2, max: 2 }) }).map((given) => prune('p', given)),
    fc.record({ namespace: fc.constantFrom('a', 'b') }).map((given) => hook('h', 'PreSync', given)),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (given) => {
      const all = stagesOf(given).flatMap(({ changes }) => changes);
      deepEqual(new Set(all), new Set(given.map((item) => item.change)));
      const isLate = all.some(({ key }, index) => {
        const after = all.slice(index + 1);
        return (
          key.kind !== 'Namespace' &&
          all[index]?.action !== 'delete' &&
          after.some((later) => later.key.kind === 'Namespace' && later.key.name === key.namespace)
        );
      });
      deepEqual([all.length, isLate], [given.length, false]);
    }),
  );
});
