import { deepEqual, equal, rejects } from 'node:assert/strict';
import test from 'node:test';
import { lazyAccess } from '../../../functions/wire/lazy-access.ts';
import type { Access, AccessSource } from '../../../lib/ports/cluster-access.ts';

const access: Access = { origin: 'https://127.0.0.1', prefix: '', tls: {}, headers: {} };

function sources() {
  const seen: string[] = [];
  const open = async (): Promise<AccessSource> => {
    seen.push('open');
    return { current: async () => access, renew: () => void seen.push('renew') };
  };
  return { seen, open };
}

test('lazy-access opens its source when it is first asked, and once', async () => {
  const { seen, open } = sources();
  const lazy = lazyAccess(open);
  deepEqual(seen, []);
  deepEqual(await Promise.all([lazy.current(), lazy.current()]), [access, access]);
  deepEqual(seen, ['open']);
});

for (const [reopen, gives] of [
  [false, ['open', 'renew']],
  [true, ['open', 'renew', 'open']],
] as const) {
  test(`lazy-access ${reopen ? 'opens anew' : 'asks its source'} after a refusal`, async () => {
    const { seen, open } = sources();
    const lazy = lazyAccess(open, { reopen });
    lazy.renew(await lazy.current());
    equal(await lazy.current(), access);
    deepEqual(seen, gives);
  });
}

test('lazy-access opens anew once for all requests that were refused together', async () => {
  let opens = 0;
  const lazy = lazyAccess(
    async () => {
      opens += 1;
      const own = { ...access, headers: { authorization: `Bearer ${opens}` } };
      await new Promise(setImmediate);
      return { current: async () => own, renew: () => {} };
    },
    { reopen: true },
  );
  const request = async () => {
    const refused = await lazy.current();
    await new Promise(setImmediate);
    lazy.renew(refused);
    await new Promise(setImmediate);
    return (await lazy.current()).headers.authorization;
  };
  deepEqual(await Promise.all([request(), request(), request()]), ['Bearer 2', 'Bearer 2', 'Bearer 2']);
  const late = await lazy.current();
  lazy.renew(access);
  equal(await lazy.current(), late, 'what another source gave says nothing of this one');
  equal(opens, 2);
});

test('lazy-access tries again when the source could not be opened', async () => {
  let tries = 0;
  const lazy = lazyAccess(async () => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return { current: async () => access, renew: () => {} };
  });
  await rejects(lazy.current(), /not yet/);
  equal(await lazy.current(), access);
});
