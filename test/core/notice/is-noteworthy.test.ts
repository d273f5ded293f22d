import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody } from '../../../lib/core/event/event.ts';
import { isNoteworthy } from '../../../lib/core/notice/is-noteworthy.ts';
import { aNotice } from './a-notice.ts';

const object = { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'a' };
const fault = { code: 'x', message: 'm', hint: 'h', facts: {} };
const none = { created: 0, updated: 0, pruned: 0, kept: 9 };
const finished = { type: 'sync.finished', revision: 'r', durationMs: 1, message: '', url: '' } as const;

const cases: { it: string; event: EventBody; told: boolean }[] = [
  {
    it: 'a sync that changed something',
    event: { ...finished, result: 'succeeded', counts: { ...none, pruned: 1 } },
    told: true,
  },
  { it: 'a sync that changed nothing', event: { ...finished, result: 'succeeded', counts: none }, told: false },
  { it: 'a refused push', event: { ...finished, result: 'refused', counts: none, fault }, told: true },
  { it: 'a failed sync', event: { ...finished, result: 'failed', counts: none, fault }, told: true },
  {
    it: 'drift',
    event: { type: 'drift.found', what: 'changed', object, diff: [], action: 'reverted', by: [] },
    told: true,
  },
  { it: 'a fight', event: { type: 'drift.fighting', object, diff: [], by: [] }, told: true },
  {
    it: 'a fall into Degraded',
    event: { type: 'health.changed', from: 'Healthy', to: 'Degraded', because: 'b' },
    told: true,
  },
  {
    it: 'a way out of Degraded',
    event: { type: 'health.changed', from: 'Degraded', to: 'Healthy', because: '' },
    told: true,
  },
  {
    it: 'a rollout under way',
    event: { type: 'health.changed', from: 'Healthy', to: 'Progressing', because: 'b' },
    told: false,
  },
  {
    it: 'a rollout that has ended',
    event: { type: 'health.changed', from: 'Progressing', to: 'Healthy', because: '' },
    told: false,
  },
  { it: 'a hold', event: { type: 'hold.set', reason: 'r', until: null }, told: true },
  {
    it: 'a commit that is held back',
    event: { type: 'push.held', revision: 'r', by: 'b', reason: 'r', until: null },
    told: true,
  },
  {
    it: 'a rollback',
    event: { type: 'rollback.started', from: 'a', to: 'b', entry: 1, reason: '', automatic: true, until: null },
    told: true,
  },
  { it: 'a rollback that cannot be', event: { type: 'rollback.impossible', from: 'a', because: 'b' }, told: true },
  { it: 'the pull request of a rollback', event: { type: 'rollback.proposed', to: 'b', url: 'u' }, told: true },
  { it: 'the end of a hold', event: { type: 'hold.ended' }, told: true },
  { it: 'a document that cannot be used', event: { type: 'application.invalid', fault }, told: true },
  { it: 'an Application that leaves the fleet', event: { type: 'application.removed' }, told: true },
  { it: 'an Application that joins the fleet', event: { type: 'application.added' }, told: false },
  { it: 'a document that changed', event: { type: 'application.changed' }, told: false },
  { it: 'a sync that starts', event: { type: 'sync.started', revision: 'r' }, told: false },
  { it: 'each updated object', event: { type: 'object.updated', revision: 'r', object, diff: [] }, told: false },
  { it: 'each pruned object', event: { type: 'object.pruned', revision: 'r', object, diff: [] }, told: false },
];

for (const { it, event, told } of cases) {
  test(`people are ${told ? '' : 'not '}told of ${it}`, () => equal(isNoteworthy(aNotice(event).event), told));
}
