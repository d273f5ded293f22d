/** What every store promises about the heads of repositories. */
import { deepEqual, equal } from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Heads } from '../../lib/core/revision/heads.ts';
import type { Ports } from '../../lib/ports/ports.ts';

const heads: Heads = { defaultBranch: 'main', branches: { main: '1a2b' }, tags: { v1: '3c4d' }, etag: 'W/"1"' };

export function repositoriesContract(
  adapter: string,
  open: (t: TestContext) => Promise<Pick<Ports, 'repositories'>>,
): void {
  test(`${adapter} repositories: one nobody asked is null`, async (t) => {
    const { repositories } = await open(t);
    equal(await repositories.get('https://git.example.com/team/shop'), null);
  });

  test(`${adapter} repositories: the newest heads stand, with the time they were read`, async (t) => {
    const { repositories } = await open(t);
    await repositories.put('https://git.example.com/team/shop', { ...heads, branches: {} }, { at: 1, seen: null });
    await repositories.put('https://git.example.com/team/shop', heads, { at: 2, seen: 1 });
    await repositories.put('https://git.example.com/team/web', { ...heads, tags: {} }, { at: 3, seen: null });
    deepEqual(await repositories.get('https://git.example.com/team/shop'), { heads, at: 2 });
  });

  test(`${adapter} repositories: of two who asked at once, the later to write is told, and changes nothing`, async (t) => {
    const { repositories } = await open(t);
    const url = 'https://git.example.com/team/shop';
    equal(await repositories.put(url, heads, { at: 1, seen: null }), true);
    equal(await repositories.put(url, { ...heads, branches: {} }, { at: 2, seen: null }), false);
    const newer = { ...heads, branches: { main: '5e6f' } };
    equal(await repositories.put(url, newer, { at: 2, seen: 1 }), true);
    equal(await repositories.put(url, heads, { at: 3, seen: 1 }), false);
    deepEqual(await repositories.get(url), { heads: newer, at: 2 });
    await repositories.forget(url);
    equal(await repositories.put(url, heads, { at: 3, seen: 2 }), false);
    equal(await repositories.get(url), null);
  });

  test(`${adapter} repositories: one that was forgotten is null again`, async (t) => {
    const { repositories } = await open(t);
    await repositories.put('https://git.example.com/team/shop', heads, { at: 1, seen: null });
    await repositories.forget('https://git.example.com/team/shop');
    await repositories.forget('https://git.example.com/team/never-known');
    equal(await repositories.get('https://git.example.com/team/shop'), null);
  });

  test(`${adapter} repositories: one that is written differently is the same`, async (t) => {
    const { repositories } = await open(t);
    await repositories.put('https://git.example.com/team/shop.git', { ...heads, branches: {} }, { at: 1, seen: null });
    await repositories.put('git@git.example.com:team/shop', heads, { at: 2, seen: 1 });
    deepEqual(await repositories.get('https://git.example.com/Team/Shop/'), { heads, at: 2 });
    await repositories.forget('https://git.example.com/team/shop');
    equal(await repositories.get('https://git.example.com/team/shop.git'), null);
  });

  test(`${adapter} repositories: a forgotten one is as if nobody ever asked`, async (t) => {
    const { repositories } = await open(t);
    await repositories.put('https://git.example.com/team/shop', heads, { at: 1, seen: null });
    await repositories.put('https://git.example.com/team/web', heads, { at: 1, seen: null });
    await repositories.forget('https://git.example.com/team/shop');
    await repositories.forget('https://git.example.com/team/shop');
    equal(await repositories.get('https://git.example.com/team/shop'), null);
    deepEqual(await repositories.get('https://git.example.com/team/web'), { heads, at: 1 });
  });

  test(`${adapter} repositories: ten thousand branches are kept`, async (t) => {
    const { repositories } = await open(t);
    const branches = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`feature/${index}`, index.toString(16).padStart(40, 'a')]),
    );
    await repositories.put('https://git.example.com/team/mono', { ...heads, branches }, { at: 1, seen: null });
    deepEqual((await repositories.get('https://git.example.com/team/mono'))?.heads.branches, branches);
  });
}
