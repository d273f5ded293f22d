import { deepEqual, equal, rejects } from 'node:assert/strict';
import test from 'node:test';
import { followConfig } from '../../../functions/wire/follow-config.ts';
import { parseConfig } from '../../../lib/core/config/parse-config.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { silentLog } from '../../support/silent-log.ts';

function text(installation: string): string {
  return `
installation: ${installation}
store: {kind: sqlite, path: a}
gitHosts: [{name: git, kind: git, url: "https://git.example.com"}]
clusters: [{name: prod, inCluster: true}]
fleet: {path: b}
`;
}

function followed(first: string, { goodForMs = Number.POSITIVE_INFINITY } = {}) {
  const world = { now: 0, stored: first, reads: 0, closed: [] as string[], logged: [] as string[] };
  const open = followConfig({
    read: async (stamp) => {
      world.reads += 1;
      if (stamp === world.stored) return 'unchanged' as const;
      return { config: parseConfig(text(world.stored), 'trueup.yaml'), stamp: world.stored };
    },
    make: async ({ installation }) => ({
      parts: installation,
      goodForMs,
      close: async () => void world.closed.push(installation),
    }),
    log: { ...silentLog, error: (name) => void world.logged.push(name) },
    now: () => world.now,
  });
  return { world, open };
}

test('follow-config reads once, and then looks once a minute', async () => {
  const { world, open } = followed('one');
  deepEqual([await open(), await open(), world.reads], ['one', 'one', 1]);
  world.now = 60_000;
  deepEqual([await open(), await open(), world.reads], ['one', 'one', 2]);
});

test('follow-config makes everything anew when the configuration changed, and closes what was', async () => {
  const { world, open } = followed('one');
  await open();
  world.stored = 'two';
  equal(await open(), 'one');
  world.now = 60_000;
  equal(await open(), 'two');
  deepEqual(world.closed, ['one']);
});

test('follow-config makes everything anew in time where the configuration says to look for something', async () => {
  const { world, open } = followed('one', { goodForMs: 300_000 });
  await open();
  world.now = 240_000;
  await open();
  deepEqual(world.closed, []);
  world.now = 300_000;
  await open();
  deepEqual(world.closed, ['one']);
});

test('follow-config stays with the last configuration that was right, and says so', async () => {
  const { world, open } = followed('one');
  await open();
  world.stored = 'not a label!';
  world.now = 60_000;
  equal(await open(), 'one');
  deepEqual([world.logged, world.closed], [['config.not_followed'], []]);
  world.stored = 'three';
  world.now = 120_000;
  equal(await open(), 'three');
});

test('follow-config has nothing to stay with the first time, and tries again the next', async () => {
  const { world, open } = followed('not a label!');
  await rejects(open(), (error) => error instanceof Fault && error.code === 'config.invalid');
  world.stored = 'one';
  equal(await open(), 'one');
});
