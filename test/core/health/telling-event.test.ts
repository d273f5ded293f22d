import { deepEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { tellingEvent } from '../../../lib/core/health/telling-event.ts';

const event = (type: string, reason: string, more: Record<string, unknown> = {}) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: reason },
  type,
  reason,
  message: `${reason} it is\n`,
  lastTimestamp: '2026-05-01T12:00:00Z',
  ...more,
});

for (const { it, events, tells } of [
  { it: 'nothing where there is none', events: [], tells: null },
  { it: 'a warning', events: [event('Warning', 'FailedCreate')], tells: 'FailedCreate' },
  { it: 'nothing of what is normal', events: [event('Normal', 'Scheduled')], tells: null },
  {
    it: 'a claim without a class, which is called normal',
    events: [event('Normal', 'FailedBinding')],
    tells: 'FailedBinding',
  },
  {
    it: 'a claim that waits for its pod',
    events: [event('Normal', 'WaitForFirstConsumer')],
    tells: 'WaitForFirstConsumer',
  },
  {
    it: 'nothing where something went well since',
    events: [event('Warning', 'FailedMount'), event('Normal', 'Started', { lastTimestamp: '2026-05-01T12:00:01Z' })],
    tells: null,
  },
  {
    it: 'the warning, where both were in one second',
    events: [event('Normal', 'SuccessfulCreate'), event('Warning', 'FailedCreate')],
    tells: 'FailedCreate',
  },
  {
    it: 'the newest by the newer API, which keeps its times elsewhere and more exactly',
    events: [
      event('Warning', 'FailedMount'),
      event('Warning', 'FailedAttachVolume', {
        lastTimestamp: null,
        eventTime: '2026-05-01T11:00:00.000001Z',
        series: { count: 3, lastObservedTime: '2026-05-01T12:00:07.123456Z' },
      }),
    ],
    tells: 'FailedAttachVolume',
  },
  { it: 'nothing that the pod says better itself', events: [event('Warning', 'BackOff')], tells: null },
  { it: 'nothing of the first probes', events: [event('Warning', 'Unhealthy', { count: 4 })], tells: null },
  { it: 'a probe that fails on', events: [event('Warning', 'Unhealthy', { count: 5 })], tells: 'Unhealthy' },
]) {
  test(`telling-event: ${it}`, () => {
    deepEqual(tellingEvent(events), tells === null ? null : { reason: tells, message: `${tells} it is` });
  });
}
