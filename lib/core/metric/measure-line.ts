/** Which log lines count, and as what. Names are public: dashboards and alarms hang on them. */
import type { Metric } from './metric.ts';

type Facts = Readonly<Record<string, unknown>>;

export function measureLine(name: string, facts: Facts = {}): Metric[] {
  return Object.hasOwn(table, name) ? (table[name]?.(facts) ?? []) : [];
}

const table: Readonly<Record<string, (facts: Facts) => Metric[]>> = {
  'push.received': ({ queued }) => [count('push.received'), ...amount('push.queued', queued)],
  'message.handled': ({ durationMs }) => [count('message.handled'), ...duration('message.duration', durationMs)],
  'message.failed': () => [count('message.failed')],
  'message.given_up': () => [count('message.given_up')],
  'message.unreadable': () => [count('message.unreadable')],
  'cluster.swept': ({ kinds, events, suspects, listed }) => [
    count('cluster.swept'),
    ...amount('sweep.kinds', kinds),
    ...amount('sweep.events', events),
    ...amount('sweep.suspects', suspects),
    ...amount('sweep.listed', listed),
  ],
  'sync.finished': ({ result, durationMs }) => [
    ...(isResult(result) ? [count(`sync.${result}`)] : []),
    ...duration('sync.duration', durationMs),
  ],
  'drift.found': ({ action }) => [count('drift.found'), ...(action === 'reverted' ? [count('drift.healed')] : [])],
  'drift.fighting': () => [count('drift.fighting')],
  'notice.sent': () => [count('notice.sent')],
  'notice.failed': () => [count('notice.failed')],
  'notice.given_up': () => [count('notice.given_up')],
  unexpected: () => [count('unexpected')],
};

function count(name: string): Metric {
  return { name, unit: 'Count', value: 1 };
}

function amount(name: string, value: unknown): Metric[] {
  return isNumber(value) ? [{ name, unit: 'Count', value }] : [];
}

function duration(name: string, value: unknown): Metric[] {
  return isNumber(value) ? [{ name, unit: 'Milliseconds', value }] : [];
}

/** CloudWatch takes no other. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isResult(value: unknown): value is 'succeeded' | 'failed' | 'refused' {
  return value === 'succeeded' || value === 'failed' || value === 'refused';
}
