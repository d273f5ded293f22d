/** What people are called for names what the code really writes and counts, and all of it is on the dashboard. */
import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { measureLine } from '../../../lib/core/metric/measure-line.ts';
import { readResources } from './read-template.ts';

const alarms = readResources('alarms.yml');
const { Dashboard: dashboard } = readResources('dashboard.yml');
const body = z.object({ DashboardBody: z.object({ 'Fn::Sub': z.string() }) }).parse(dashboard?.Properties);
const text = body.DashboardBody['Fn::Sub'];

test('alarms are all on the dashboard', () => {
  const shown = [...text.matchAll(/\$\{(\w+Alarm)\.Arn\}/g)].map(([, id]) => id);
  deepEqual(shown.toSorted(), Object.keys(alarms).toSorted());
});

for (const [id, { Properties }] of Object.entries(alarms)) {
  const description = z.string().parse(Properties.AlarmDescription);
  const lines = [...description.matchAll(/`([a-z]+(?:[._][a-z_]+)*)`/g)].map(([, name = '']) => name);
  test(`alarms: ${id} says what to do, and names log lines that are written`, () => {
    ok(/`|Look|Ask/.test(description), description);
    const source = sources();
    for (const name of lines) ok(source.includes(`'${name}'`), name);
  });
}

/** A line of each name that counts, with all that it may count. */
const facts = { queued: 1, durationMs: 1, kinds: 1, events: 1, suspects: 1, listed: 1, action: 'reverted' };
const counted = ['succeeded', 'failed', 'refused'].flatMap((result) =>
  ['push.received', 'cluster.swept', 'sync.finished', 'drift.found', 'drift.fighting']
    .concat(['notice.sent', 'notice.failed', 'notice.given_up'])
    .flatMap((name) => measureLine(name, { ...facts, result }).map((metric) => metric.name)),
);

test('alarms and dashboard go by metrics that log lines count', () => {
  const shown = z
    .object({
      widgets: z.array(z.object({ properties: z.object({ metrics: z.array(z.array(z.string())).optional() }) })),
    })
    .parse(JSON.parse(text))
    .widgets.flatMap(({ properties: { metrics = [] } }) => (metrics[0]?.[0] === 'Trueup' ? metrics : []))
    .map(([, name = '']) => name);
  const alarmed = [
    ...JSON.stringify([alarms.UntoldByNotifyAlarm, alarms.UntoldBySyncAlarm]).matchAll(/"MetricName":"([\w.]+)"/g),
  ].map(([, name = '']) => name);
  ok(shown.length > 0 && alarmed.length > 0);
  for (const name of [...shown, ...alarmed]) ok(counted.includes(name), name);
});

function sources(): string {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  return ['lib', 'functions']
    .flatMap((room) =>
      readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' }).map((path) => `${root}${room}/${path}`),
    )
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}
