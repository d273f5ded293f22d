import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import type { Heads } from '../../lib/core/revision/heads.ts';
import { lookUpHeads } from '../../lib/flow/look-up-heads.ts';
import { doorPorts } from '../support/door-ports.ts';

const repoURL = 'https://git.example.com/team/shop.git';
const headsAt = (main: string): Heads => ({ defaultBranch: 'main', branches: { main }, tags: {}, etag: main });

/** A Git host whose branch the test moves, and that may be slow to answer. */
function hostAt(main: string) {
  const host = { main, slowly: async () => {} };
  const heads = async (_: string, etag?: string) => {
    const said = host.main;
    await host.slowly();
    return etag === said ? ('unchanged' as const) : headsAt(said);
  };
  const notAsked = async () => Promise.reject(new Error('not part of this test'));
  const ports = doorPorts({ gitHost: () => ({ heads, commit: notAsked, hashes: notAsked, files: notAsked }) });
  const known = async () => (await ports.repositories.get(repoURL))?.heads.branches.main;
  return { host, ports, known };
}

for (const before of ['nothing', 'something'] as const) {
  test(`look-up-heads: a slow answer from before a push does not undo a quick one from after it, ${before} being known`, async () => {
    const { host, ports, known } = hostAt('v0');
    if (before === 'something') await lookUpHeads(repoURL, ports);
    host.main = 'v1';
    const arrives = Promise.withResolvers<void>();
    host.slowly = () => arrives.promise;
    const slow = lookUpHeads(repoURL, ports);
    await new Promise(setImmediate);
    host.slowly = async () => {};
    host.main = 'v2';
    equal((await lookUpHeads(repoURL, ports)).branches.main, 'v2');
    arrives.resolve();
    equal((await slow).branches.main, 'v2');
    equal(await known(), 'v2');
  });
}

test('look-up-heads: two answers of one millisecond are two', async () => {
  const { host, ports, known } = hostAt('v1');
  await lookUpHeads(repoURL, ports);
  host.main = 'v2';
  await lookUpHeads(repoURL, ports);
  equal(await known(), 'v2');
  equal((await ports.repositories.get(repoURL))?.at, ports.now() + 1);
});
