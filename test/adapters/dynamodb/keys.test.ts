import { equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { duePk, duePks, eventKey, linksPk, momentOf, noticeKey } from '../../../lib/adapters/dynamodb/keys.ts';

for (const kind of ['WORK', 'NOTICE'] as const)
  test(`keys no partition of the index is hot: a thousand names of ${kind} spread evenly over eight`, () => {
    const counts = new Map(duePks(kind).map((pk) => [pk, 0]));
    for (let number = 0; number < 1000; number += 1) {
      const pk = duePk(kind, `team-${number % 7}-service-${number}`);
      counts.set(pk, (counts.get(pk) ?? Number.NaN) + 1);
    }
    equal(counts.size, 8);
    for (const [pk, count] of counts) ok(count > 85 && count < 165, `${pk}: ${count}`);
  });

test('keys the longest names fit the limits of DynamoDB, and stay different', () => {
  const long = 'é'.repeat(2000);
  for (const key of [eventKey(long), noticeKey(`${long}@slack`)]) ok(Buffer.byteLength(key.pk) <= 2048);
  ok(Buffer.byteLength(linksPk(`https://git.example.com/${long}`)) <= 2048);
  ok(Buffer.byteLength(momentOf({ at: '2026-05-01T12:00:00.000Z', id: long })) <= 1024);
  ok(eventKey(`${long}a`).pk !== eventKey(`${long}b`).pk);
});

test('keys nothing is ever scanned', () => {
  const folder = join(import.meta.dirname, '../../../lib/adapters/dynamodb');
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  ok(sources.length > 0);
  for (const source of sources) ok(!/\bScan(Command|Paginator)?\b/.test(source));
});
