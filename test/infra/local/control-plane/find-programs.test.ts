/** The programs are obtained once, by whoever asks first; the others wait and see how far it is. */
import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPrograms, keptPrograms, type Obtain } from '../../../../infra/local/control-plane/find-programs.ts';
import { cacheKey, programs } from '../../../../infra/local/control-plane/programs.ts';
import { keepFile } from '../../../../infra/local/verified-files.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

function obtaining() {
  const asked: string[][] = [];
  const obtain: Obtain = async (missing, folder, onProgress) => {
    asked.push(missing.map(({ name }) => name));
    onProgress({ title: 'building', fraction: 0.5, remainingSeconds: 3 });
    for (const { name } of missing) {
      const from = join(folder, `half-${name}`);
      writeFileSync(from, name);
      await keepFile(folder, { name, from, origin: 'a test' });
    }
  };
  return { asked, obtain };
}

const all = programs.map(({ name }) => name);

test('find-programs obtains all five, and nothing the second time', async (t) => {
  const cache = tempFolder(t);
  const { asked, obtain } = obtaining();
  equal(await keptPrograms(cache), null);
  const found = await findPrograms({ cache, obtain });
  deepEqual(Object.keys(found).sort(), all.toSorted());
  deepEqual(await findPrograms({ cache, obtain }), found);
  deepEqual(asked, [all]);
});

test('find-programs obtains once for two that ask at the same time, and tells the second how far it is', async (t) => {
  const cache = tempFolder(t);
  const { asked, obtain } = obtaining();
  const slowly: Obtain = async (missing, folder, onProgress) => {
    if (missing.length > 0) onProgress({ title: 'building etcd', fraction: 0.5, remainingSeconds: 3 });
    await sleep(missing.length > 0 ? 700 : 0);
    await obtain(missing, folder, onProgress);
  };
  const titles: string[] = [];
  const first = findPrograms({ cache, obtain: slowly });
  await sleep(100);
  const second = findPrograms({ cache, obtain: slowly, onProgress: ({ title }) => titles.push(title) });
  deepEqual(await second, await first);
  deepEqual(asked, [all, []]);
  equal(titles[0], 'another process is building etcd');
});

test('find-programs obtains only what is missing or damaged', async (t) => {
  const cache = tempFolder(t);
  const { asked, obtain } = obtaining();
  const { etcd } = await findPrograms({ cache, obtain });
  writeFileSync(etcd, 'ETCD');
  utimesSync(etcd, 1, 1);
  await findPrograms({ cache, obtain });
  deepEqual(asked, [all, ['etcd']]);
});

test('find-programs sweeps away what a killed builder left', async (t) => {
  const cache = tempFolder(t);
  const { obtain } = obtaining();
  const folder = join(cache, 'control-plane', cacheKey());
  mkdirSync(join(folder, '.build-1-etcd'), { recursive: true });
  const { kwok } = await findPrograms({ cache, obtain });
  deepEqual(
    readdirSync(dirname(kwok)).filter((name) => name.startsWith('.')),
    [],
  );
});

test('find-programs passes on why they could not be obtained, and the next one may try', async (t) => {
  const cache = tempFolder(t);
  await rejects(findPrograms({ cache, obtain: () => Promise.reject(new Error('no Go')) }), /no Go/);
  const { obtain } = obtaining();
  match((await findPrograms({ cache, obtain })).etcd, /etcd$/);
});
