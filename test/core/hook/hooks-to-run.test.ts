import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { DesiredHook, Phase } from '../../../lib/core/hook/hook.ts';
import { hooksToRun, removalHooks } from '../../../lib/core/hook/hooks-to-run.ts';
import { aDesired } from '../plan/a-desired.ts';

const occasion = { operation: 'op-1', revision: 'abcdef0123', startedAt: 1_700_000_000_999 };

function aHook(metadata: { name: string; generateName?: string }, ...phases: Phase[]): DesiredHook {
  const object = { apiVersion: 'batch/v1', kind: 'Job', metadata: { namespace: 'shop', ...metadata } };
  return { ...aDesired(object), hook: { phases, deletePolicies: ['BeforeHookCreation'] } };
}

test('hooks-to-run makes one of each phase, of a sync without those of the removal', () => {
  const hooks = [aHook({ name: 'a' }, 'PreSync', 'PostSync', 'PreDelete'), aHook({ name: 'b' }, 'SyncFail')];
  const phases = (kind: 'sync' | 'removal') =>
    hooksToRun(hooks, kind, occasion).map(({ phase, wanted }) => `${phase} ${wanted.key.name}`);
  deepEqual(phases('sync'), ['PreSync a', 'PostSync a', 'SyncFail b']);
  deepEqual(phases('removal'), ['PreDelete a']);
  deepEqual(
    removalHooks(hooks).map(({ key }) => key.name),
    ['a'],
  );
});

test('hooks-to-run marks it with its operation and phase, and names it the same each time', () => {
  const [first, second] = [1, 2].map(() => hooksToRun([aHook({ name: 'a' }, 'PreSync')], 'sync', occasion));
  deepEqual(first, second);
  equal(first?.[0]?.wanted.object.metadata.annotations?.['trueup.dev/operation'], 'op-1 PreSync');
});

test('hooks-to-run writes a generated name as Argo CD does', () => {
  const [run] = hooksToRun([aHook({ name: 'db-', generateName: 'db-' }, 'PostSync')], 'sync', occasion);
  equal(run?.wanted.key.name, 'db-abcdef0-postsync-1700000000');
  deepEqual(run?.wanted.object.metadata.generateName, undefined);
});
