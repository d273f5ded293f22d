import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Phase } from '../../../lib/core/hook/hook.ts';
import type { PlannedChange, Stage } from '../../../lib/core/plan/plan.ts';
import { gatesOf, type Standing } from '../../../lib/core/sync/gates-of.ts';

const of = { key: { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'a' }, apiVersion: 'v1' };
const prune: PlannedChange = { ...of, action: 'delete', uid: 'u', propagation: 'Foreground' };
const hook = (phase: Phase): PlannedChange => ({
  ...of,
  action: 'hook',
  phase,
  deletePolicies: [],
  desiredHash: 'h',
  origin: { file: 'a', line: 1 },
  rehearsed: true,
});
const stage = (wave: number, phase: Phase = 'Sync', change: PlannedChange = prune): Stage => ({
  phase,
  wave,
  changes: [change],
});
const presync = stage(0, 'PreSync', hook('PreSync'));
const postsync = stage(0, 'PostSync', hook('PostSync'));
const syncfail = (wave: number) => stage(wave, 'SyncFail', hook('SyncFail'));

for (const { it, stages, failStages = [], keptWaves = [], removal = false, hooksRun = false, gives } of [
  { it: 'none in one wave', stages: [stage(0), stage(0)], gives: [] },
  { it: 'none without stages', stages: [], gives: [] },
  { it: 'one before each further wave', stages: [stage(-1), stage(0), stage(0), stage(2)], gives: [1, 3] },
  { it: 'one between phases, and one at the end of hooks', stages: [presync, stage(0), postsync], gives: [1, 2, 3] },
  { it: 'one at the end of a Sync hook', stages: [stage(0, 'Sync', hook('Sync')), stage(0)], gives: [2] },
  { it: 'one at once where earlier waves are kept', stages: [stage(1)], keptWaves: [0], gives: [0] },
  { it: 'none where only later waves are kept', stages: [stage(1)], keptWaves: [1, 2], gives: [] },
  { it: 'one at once before PostSync', stages: [postsync], keptWaves: [7], gives: [0, 1] },
  { it: 'one at the end of a removal', stages: [stage(0)], removal: true, gives: [1] },
  { it: 'none in a removal of nothing', stages: [], removal: true, gives: [] },
  { it: 'one at once where hooks still run', stages: [stage(0)], hooksRun: true, gives: [0] },
  {
    it: 'those of a failure counted on',
    stages: [stage(0), stage(1)],
    failStages: [syncfail(0), syncfail(1)],
    gives: [1, 3, 4],
  },
] satisfies ({ it: string; stages: Stage[]; failStages?: Stage[]; gives: number[] } & Partial<Standing>)[]) {
  test(`gates-of finds ${it}`, () =>
    deepEqual(gatesOf({ stages, failStages }, { keptWaves, removal, hooksRun }), gives));
}
