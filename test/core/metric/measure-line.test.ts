import { deepEqual } from 'node:assert/strict';
import test from 'node:test';
import { measureLine } from '../../../lib/core/metric/measure-line.ts';

for (const { line, facts, gives } of [
  { line: 'push.received', facts: { queued: 2 }, gives: ['push.received=1 Count', 'push.queued=2 Count'] },
  {
    line: 'message.handled',
    facts: { durationMs: 12.5 },
    gives: ['message.handled=1 Count', 'message.duration=12.5 Milliseconds'],
  },
  { line: 'message.failed', facts: {}, gives: ['message.failed=1 Count'] },
  { line: 'message.given_up', facts: {}, gives: ['message.given_up=1 Count'] },
  { line: 'message.unreadable', facts: {}, gives: ['message.unreadable=1 Count'] },
  {
    line: 'cluster.swept',
    facts: { cluster: 'prod', kinds: 3, events: 2, suspects: 1, listed: 0 },
    gives: [
      'cluster.swept=1 Count',
      'sweep.kinds=3 Count',
      'sweep.events=2 Count',
      'sweep.suspects=1 Count',
      'sweep.listed=0 Count',
    ],
  },
  {
    line: 'sync.finished',
    facts: { application: 'shop', result: 'refused', durationMs: 900 },
    gives: ['sync.refused=1 Count', 'sync.duration=900 Milliseconds'],
  },
  { line: 'drift.found', facts: { action: 'reverted' }, gives: ['drift.found=1 Count', 'drift.healed=1 Count'] },
  { line: 'drift.found', facts: { action: 'held' }, gives: ['drift.found=1 Count'] },
  { line: 'drift.fighting', facts: {}, gives: ['drift.fighting=1 Count'] },
  { line: 'notice.sent', facts: {}, gives: ['notice.sent=1 Count'] },
  { line: 'notice.failed', facts: {}, gives: ['notice.failed=1 Count'] },
  { line: 'notice.given_up', facts: {}, gives: ['notice.given_up=1 Count'] },
  { line: 'unexpected', facts: {}, gives: ['unexpected=1 Count'] },
  { line: 'sync.step', facts: { durationMs: 1 }, gives: [] },
  { line: 'constructor', facts: {}, gives: [] },
]) {
  test(`measure-line counts ${line} ${JSON.stringify(facts)} as ${gives.join(', ') || 'nothing'}`, () => {
    deepEqual(
      measureLine(line, facts).map(({ name, value, unit }) => `${name}=${value} ${unit}`),
      gives,
    );
  });
}

for (const durationMs of [undefined, '12', Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`measure-line gives CloudWatch no duration of ${durationMs}`, () => {
    deepEqual(
      measureLine('message.handled', { durationMs }).map(({ name }) => name),
      ['message.handled'],
    );
  });
}
