import { equal, ok } from 'node:assert/strict';
import test from 'node:test';
import { tableClock } from '../../../lib/adapters/dynamodb/table-clock.ts';
import { dynamodbDouble } from './dynamodb-double.ts';

for (const wrongMs of [-120_000, -3_000, 5_000, 120_000]) {
  test(`table-clock puts right a clock that is ${wrongMs} ms off, with the first answer`, async (t) => {
    const { store, client } = await dynamodbDouble(t, () => ({}));
    const own = () => Date.now() + wrongMs;
    const now = tableClock(client, own);
    ok(Math.abs(now() - own()) < 50);
    await store.positions.of('prod').catch(() => {});
    ok(Math.abs(now() - Date.now()) < 1_500, `${now() - Date.now()} ms off`);
  });
}

test('table-clock leaves a clock alone that is right', async (t) => {
  const { store, client } = await dynamodbDouble(t, () => ({}));
  const now = tableClock(client, Date.now);
  for (let asked = 0; asked < 5; asked += 1) {
    await store.positions.of('prod').catch(() => {});
    const before = Date.now();
    const said = now();
    ok(before <= said && said <= Date.now(), `${said - before} ms off`);
  }
});

test('table-clock believes no answer without a date, and none that is a refusal by the network', async (t) => {
  const { store, client } = await dynamodbDouble(t, () => 'hangUp');
  const now = tableClock(client, () => 7);
  await store.positions.of('prod').catch(() => {});
  equal(now(), 7);
});
