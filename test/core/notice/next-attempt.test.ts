import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { nextAttempt } from '../../../lib/core/notice/next-attempt.ts';
import { aNotice } from './a-notice.ts';

const now = Date.parse('2026-03-02T12:10:00.000Z');
const unreachable = new Fault('notice.unreachable', { host: 'hooks.slack.com' });

for (const { it, attempts = 0, at = '2026-03-02T12:05:00.000Z', error = unreachable, after } of [
  { it: 'waits two seconds at first', after: 2_000 },
  { it: 'waits longer each time', attempts: 4, after: 32_000 },
  { it: 'waits ten minutes at most', attempts: 40, after: 600_000 },
  {
    it: 'waits as long as the channel asks',
    error: new Fault('notice.rate_limited', { host: 'h', retryAfterMs: 45_000 }),
    after: 45_000,
  },
  { it: 'tries again after a bug too', error: new TypeError('x'), after: 2_000 },
  { it: 'gives up where the channel is gone', error: new Fault('notice.refused', { host: 'h' }), after: null },
  { it: 'gives up news of the day before', at: '2026-03-01T12:05:00.000Z', after: null },
]) {
  test(`next-attempt ${it}`, () => {
    equal(
      nextAttempt(aNotice({ type: 'hold.ended' }, { attempts, at }), error, now),
      after === null ? null : now + after,
    );
  });
}
