import { equal, notEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { movedEvent } from '../../../lib/core/event/moved-event.ts';
import type { RecordedObject } from '../../../lib/core/record/record.ts';

const applied = { uid: 'u', resourceVersion: '1', fieldsV1: {}, settled: {}, health: null };
const recorded: RecordedObject = {
  key: { group: '', kind: 'ConfigMap', namespace: 'shop', name: 'a' },
  apiVersion: 'v1',
  origin: { file: 'a.yaml', line: 1 },
  desiredHash: 'h',
  manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
  applied,
};
const event = (given: Partial<RecordedObject> = {}, to = 'web', now = 1) =>
  movedEvent({ ...recorded, ...given }, { application: { name: 'shop' }, cluster: 'prod', to, now });

test('moved-event is one event, however often the move is seen', () => equal(event().id, event({}, 'web', 9).id));

test('moved-event is another one when the object came back and left again', () => {
  notEqual(event({ applied: { ...applied, resourceVersion: '2' } }).id, event().id);
});

test('moved-event is another one when it went elsewhere', () => notEqual(event({}, 'store').id, event().id));
