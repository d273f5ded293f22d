/** A builder that is killed holds nobody up: the next one goes on where it was. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findPrograms } from '../../../../infra/local/control-plane/find-programs.ts';
import { keepFile } from '../../../../infra/local/verified-files.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const program = fileURLToPath(new URL('obtain-and-hang.ts', import.meta.url));

test('find-programs goes on where a builder was killed with -9, while another process was waiting for it', async (t) => {
  const cache = tempFolder(t);
  const builder = spawn(process.execPath, [program, cache], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(builder.stdout, 'data');
  const asked: string[] = [];
  const titles: string[] = [];
  const waiting = findPrograms({
    cache,
    onProgress: ({ title }) => titles.push(title),
    async obtain(missing, folder) {
      asked.push(...missing.map(({ name }) => name));
      for (const { name } of missing) {
        writeFileSync(join(folder, 'half'), `whole ${name}`);
        await keepFile(folder, { name, from: join(folder, 'half'), origin: 'a test' });
      }
    },
  });
  await sleep(700);
  deepEqual(asked, []);
  builder.kill('SIGKILL');
  const { etcd } = await waiting;
  ok(titles.includes('another process is building etcd'));
  deepEqual(asked, ['kube-controller-manager', 'kube-scheduler', 'etcd', 'kwok']);
  equal(readFileSync(etcd, 'utf8'), 'whole etcd');
});
