import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { handEdits, isHandEdit } from '../../../lib/core/drift/hand-tools.ts';
import type { ManagedFieldsEntry } from '../../../lib/core/object/kubernetes-object.ts';

const entry = (manager: string, subresource?: string, time?: string): ManagedFieldsEntry => ({
  manager,
  operation: 'Update',
  ...(subresource !== undefined && { subresource }),
  ...(time !== undefined && { time }),
});

for (const { it, given, gives } of [
  { it: 'kubectl', given: entry('kubectl'), gives: true },
  { it: 'a command of kubectl', given: entry('kubectl-edit'), gives: true },
  { it: 'kubectl scale', given: entry('kubectl', 'scale'), gives: true },
  { it: 'an empty subresource', given: entry('kubectl', ''), gives: true },
  { it: 'a dashboard', given: entry('Lens-5'), gives: true },
  { it: 'no status, whoever wrote it', given: entry('kubectl-patch', 'status'), gives: false },
  { it: 'no controller', given: entry('kube-controller-manager', 'scale'), gives: false },
  { it: 'nothing that only contains the name', given: entry('my-kubectl'), gives: false },
  { it: 'nothing longer than a name without a star', given: entry('Mozilla-bot'), gives: false },
  { it: 'not ourselves', given: entry('trueup'), gives: false },
]) {
  test(`hand-tools: a hand edit is ${it}`, () => equal(isHandEdit(given), gives));
}

test('hand-tools takes other tools by setting', () => {
  equal(isHandEdit(entry('portal'), ['portal']), true);
  equal(isHandEdit(entry('kubectl'), ['portal']), false);
});

test('hand-tools tells the newest first, with the subresource, and those without a time last', () => {
  const edits = handEdits([
    entry('kubectl-edit'),
    entry('kubectl', 'scale', '2026-05-01T12:03:00Z'),
    entry('k9s', undefined, '2026-05-01T12:04:00Z'),
  ]);
  deepEqual(edits, [
    { manager: 'k9s', at: '2026-05-01T12:04:00Z' },
    { manager: 'kubectl (scale)', at: '2026-05-01T12:03:00Z' },
    { manager: 'kubectl-edit', at: '' },
  ]);
});
