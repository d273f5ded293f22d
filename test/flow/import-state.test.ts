import { deepEqual, equal, rejects } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Hold } from '../../lib/core/application/application-state.ts';
import { initialState } from '../../lib/core/application/initial-state.ts';
import type { FaultCode } from '../../lib/core/fault/catalogue.ts';
import { exportState } from '../../lib/flow/export-state.ts';
import { holdApplication } from '../../lib/flow/hold-application.ts';
import { importState } from '../../lib/flow/import-state.ts';
import { saveRecord } from '../../lib/flow/stored-json.ts';
import type { Ports } from '../../lib/ports/ports.ts';
import { exampleApplication } from '../contracts/example-application.ts';
import { exampleEvent } from '../contracts/example-event.ts';
import { doorPorts } from '../support/door-ports.ts';
import { memoryHouse } from './memory-house.ts';

const newPorts = (over: Partial<Ports> = {}) => {
  let ids = 0;
  return doorPorts({
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    ...over,
  });
};

async function exported(ports: Ports, options = { events: true }): Promise<string[]> {
  return Array.fromAsync(exportState(options, ports), (line) => line.trimEnd());
}

const source = (lines: readonly string[]) => ({
  file: 'state.jsonl',
  async *lines() {
    yield* lines;
  },
});

const hold: fc.Arbitrary<Hold | null> = fc.option(
  fc.record({ who: fc.string(), reason: fc.string(), since: fc.nat(), until: fc.option(fc.nat()) }),
);
const known = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
  leaving: fc.boolean(),
  hold,
  synced: fc.option(
    fc.record({ revision: fc.string(), sourceHash: fc.string(), reads: fc.constant({ a: null }), at: fc.nat() }),
  ),
  because: fc.string({ unit: 'grapheme' }),
  objects: fc.option(fc.dictionary(fc.string(), fc.json())),
  events: fc.nat(3),
});

test('import-state: what was exported comes back as it was, and exports the same again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(known, { selector: ({ name }) => name, maxLength: 6 }), async (applications) => {
      const from = newPorts();
      for (const { name, leaving, hold, synced, because, objects, events } of applications) {
        await from.applications.put(exampleApplication({ name }), { cluster: 'prod', leaving });
        const lease = await from.leases.take(name, { holder: 'test', now: 0, forMs: 1 });
        if (lease === null) throw new Error('nobody else has it');
        const record = objects === null ? null : await saveRecord(name, JSON.parse(JSON.stringify({ objects })), from);
        const health = { status: 'Degraded', because, since: 7 } as const;
        await from.leases.write(lease, { ...initialState(name), synced, record, health });
        await from.wakes.hold(name, hold, 0);
        for (let at = 0; at < events; at += 1)
          await from.events.append([
            { event: exampleEvent({ id: `${name}-${at}`, application: name }), channels: ['a'] },
          ]);
      }
      const lines = await exported(from);
      const to = newPorts();
      const { imported, otherKey } = await importState(source(lines), { merge: false }, to);
      deepEqual([imported.toSorted(), otherKey], [applications.map(({ name }) => name).toSorted(), false]);
      deepEqual(await exported(to), lines);
      deepEqual(await to.outbox.take({ now: Number.MAX_SAFE_INTEGER, limit: 9, forMs: 1 }), [], 'nobody is told again');
    }),
    { numRuns: 60 },
  );
});

async function worked() {
  const house = await memoryHouse();
  house.push({ 'ConfigMap a': '1', 'Secret b': 'aHVzaA==' });
  await house.follow();
  return house;
}

for (const { it, break: broken, code } of [
  { it: 'a file without its end', break: (lines: string[]) => lines.slice(0, -1), code: 'state.invalid' },
  {
    it: 'a file that was cut off',
    break: (lines: string[]) => [...lines.slice(0, -2), lines.at(-2)?.slice(0, 50) ?? ''],
    code: 'state.invalid',
  },
  {
    it: 'a file that was edited',
    break: (lines: string[]) => lines.map((line) => line.replace('"shop"', '"shpo"')),
    code: 'state.invalid',
  },
  { it: 'an empty file', break: () => [], code: 'state.invalid' },
  { it: 'a file of something else', break: () => ['{"kind":"List"}'], code: 'state.invalid' },
  { it: 'a file without its heading', break: (lines: string[]) => lines.slice(1), code: 'state.invalid' },
  { it: 'a line after the end', break: (lines: string[]) => [...lines, lines[1] ?? ''], code: 'state.invalid' },
  {
    it: 'a file of a newer version',
    break: (lines: string[]) => lines.map((line) => line.replace('"version":1', '"version":2')),
    code: 'state.newer_version',
  },
  {
    it: 'a file of another installation',
    break: (lines: string[]) => lines.map((line) => line.replace('"installation":"trueup"', '"installation":"other"')),
    code: 'state.other_installation',
  },
] satisfies { it: string; break: (lines: string[]) => string[]; code: FaultCode }[]) {
  test(`import-state refuses ${it} and writes nothing`, async () => {
    const lines = await exported((await worked()).ports);
    const to = newPorts();
    await rejects(importState(source(broken(lines)), { merge: false }, to), { code });
    deepEqual(await to.applications.list(), []);
  });
}

test('import-state leaves alone what has a state, and with merge adds the rest', async () => {
  const house = await worked();
  const lines = await exported(house.ports);
  const to = await worked();
  await to.ports.applications.put(exampleApplication({ name: 'web' }), { cluster: 'prod', leaving: false });
  await holdApplication('shop', { who: 'Bea', reason: 'mine', until: null }, to.ports);
  await rejects(importState(source(lines), { merge: false }, to.ports), { code: 'state.not_empty', message: /shop/ });
  const { imported, kept } = await importState(source(lines), { merge: true }, to.ports);
  deepEqual([imported, kept, (await to.entry()).hold?.who], [[], ['shop'], 'Bea']);
});

test('import-state: what the fleet has only registered gives way, and nothing is deployed anew', async () => {
  const house = await worked();
  await holdApplication('shop', { who: 'Bea', reason: 'audit', until: null }, house.ports);
  const lines = await exported(house.ports);
  await house.ports.applications.remove('shop');
  await house.ports.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  house.cluster.written.length = 0;
  await importState(source(lines), { merge: false }, house.ports);
  await house.work();
  await house.sweep();
  const { hold, state } = await house.entry();
  deepEqual([house.cluster.written, hold?.who, state.sync], [[], 'Bea', 'Synced']);
});

test('import-state says that somebody is at work, and whoever that is finds the state lost', async () => {
  const house = await worked();
  const lines = await exported(house.ports);
  const to = newPorts({ cluster: () => house.cluster });
  await to.applications.put(exampleApplication(), { cluster: 'prod', leaving: false });
  await to.leases.take('shop', { holder: 'another', now: to.now(), forMs: 1_000 });
  await rejects(importState(source(lines), { merge: false }, to), { code: 'state.busy' });
  equal((await to.blobs.get('recovery/deployed/shop'))?.length, 1);
});

test('import-state under another installation key forgets what stood for secret values, and finds no drift in it', async () => {
  const house = await worked();
  const lines = await exported(house.ports);
  Object.assign(house.ports, { installationKey: new Uint8Array(32).fill(9) });
  await house.ports.applications.remove('shop');
  house.cluster.written.length = 0;
  const { otherKey } = await importState(source(lines), { merge: false }, house.ports);
  equal(otherKey, true);
  await house.work();
  await house.sweep();
  deepEqual(
    (await house.story()).filter((line) => line.startsWith('drift')),
    [],
  );
  house.push({ 'ConfigMap a': '2', 'Secret b': 'aHVzaA==' });
  await house.follow();
  deepEqual(house.cluster.written.toSorted(), ['apply ConfigMap shop/a', 'apply Secret shop/b']);
  house.cluster.edit('Secret shop/b', 'ZXZpbA==');
  await house.sweep();
  equal(house.cluster.values()['Secret shop/b'], 'aHVzaA==');
});
