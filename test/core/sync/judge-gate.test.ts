import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Health } from '../../../lib/core/health/health.ts';
import type { HookRun } from '../../../lib/core/hook/hook-run.ts';
import { type GateView, judgeGate } from '../../../lib/core/sync/judge-gate.ts';

const key = (name: string, group = 'apps', kind = 'Deployment') => ({ group, kind, namespace: 'shop', name });
const object = (health: Health | null, given: Partial<GateView['objects'][number]> = {}) => ({
  key: key('web'),
  health,
  justApplied: true,
  ...given,
});
const hook = (outcome: HookRun['outcome'], because = ''): HookRun => ({
  key: key('migrate', 'batch', 'Job'),
  apiVersion: 'batch/v1',
  phase: 'PreSync',
  uid: 'u',
  deletePolicies: [],
  outcome,
  because,
  position: '1',
});
const view = (given: Partial<GateView>): GateView => ({
  hooks: [],
  objects: [],
  leaving: [],
  waitedMs: 60_000,
  limitMs: 600_000,
  ...given,
});
const healthy: Health = { status: 'Healthy' };
const open = { verdict: 'open' };
const wait = (because: string) => ({ verdict: 'wait', because });
const failed = (because: string) => ({ verdict: 'failed', because });

for (const { it, given, gives } of [
  { it: 'opens where nothing is waited for', given: {}, gives: open },
  { it: 'opens once all are healthy', given: { objects: [object(healthy), object(null)] }, gives: open },
  {
    it: 'waits for what progresses',
    given: { objects: [object({ status: 'Progressing', because: '1 of 2' })] },
    gives: wait('apps/Deployment shop/web is Progressing: 1 of 2'),
  },
  {
    it: 'waits for what is suspended, as Argo CD does',
    given: { objects: [object({ status: 'Suspended', because: 'paused' })] },
    gives: wait('apps/Deployment shop/web is Suspended: paused'),
  },
  {
    it: 'fails with what is degraded',
    given: { objects: [object({ status: 'Degraded', because: 'crash' })] },
    gives: failed('apps/Deployment shop/web is Degraded: crash'),
  },
  {
    it: 'fails with what went missing while it was waited for',
    given: { objects: [object({ status: 'Missing', because: 'gone' })] },
    gives: failed('apps/Deployment shop/web is Missing: gone'),
  },
  {
    it: 'waits for a running hook',
    given: { hooks: [hook('running')] },
    gives: wait('PreSync hook batch/Job shop/migrate runs'),
  },
  {
    it: 'fails with a failed hook, whatever else is waited for',
    given: {
      hooks: [hook('running'), hook('failed', 'exit 1')],
      objects: [object({ status: 'Progressing', because: '' })],
    },
    gives: failed('PreSync hook batch/Job shop/migrate failed: exit 1'),
  },
  { it: 'opens behind a hook that succeeded', given: { hooks: [hook('succeeded')] }, gives: open },
  {
    it: 'waits for what is being deleted',
    given: { leaving: [key('old')] },
    gives: wait('apps/Deployment shop/old is still being deleted'),
  },
  {
    it: 'does not believe the status of a custom resource that was applied a moment ago',
    given: { objects: [object(healthy, { key: key('w', 'example.com', 'Widget') })], waitedMs: 500 },
    gives: wait('example.com/Widget shop/w was just applied'),
  },
  {
    it: 'believes it later',
    given: { objects: [object(healthy, { key: key('w', 'example.com', 'Widget') })], waitedMs: 2_000 },
    gives: open,
  },
  {
    it: 'believes one that was left as it is',
    given: { objects: [object(healthy, { key: key('w', 'example.com', 'Widget'), justApplied: false })], waitedMs: 0 },
    gives: open,
  },
  { it: 'believes kinds of Kubernetes at once', given: { objects: [object(healthy)], waitedMs: 0 }, gives: open },
  {
    it: 'has waited long enough, and names what for',
    given: {
      hooks: [hook('running')],
      objects: [object({ status: 'Progressing', because: '1 of 2' })],
      leaving: [key('old')],
      limitMs: 60_000,
    },
    gives: {
      verdict: 'late',
      because:
        'PreSync hook batch/Job shop/migrate runs; apps/Deployment shop/web is Progressing: 1 of 2; apps/Deployment shop/old is still being deleted',
    },
  },
  {
    it: 'names five of many',
    given: { leaving: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => key(name)), limitMs: 0 },
    gives: {
      verdict: 'late',
      because: `${['a', 'b', 'c', 'd', 'e'].map((name) => `apps/Deployment shop/${name} is still being deleted`).join('; ')}; and 2 more`,
    },
  },
  { it: 'opens however long it was waited', given: { objects: [object(healthy)], limitMs: 0 }, gives: open },
] satisfies { it: string; given: Partial<GateView>; gives: object }[]) {
  test(`judge-gate ${it}`, () => deepEqual(judgeGate(view(given)), gives));
}
