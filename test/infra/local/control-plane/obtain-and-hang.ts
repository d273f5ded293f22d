/** A program that begins to build into the cache it is given, finishes one program of five, and hangs until it is killed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPrograms } from '../../../../infra/local/control-plane/find-programs.ts';
import { keepFile } from '../../../../infra/local/verified-files.ts';

const [cache = ''] = process.argv.slice(2);
await findPrograms({
  cache,
  async obtain(_missing, folder, onProgress) {
    onProgress({ title: 'building etcd', fraction: 0.5, remainingSeconds: 60 });
    writeFileSync(join(folder, 'half'), 'api server');
    await keepFile(folder, { name: 'kube-apiserver', from: join(folder, 'half'), origin: 'a test' });
    mkdirSync(join(folder, '.build-1-etcd'));
    writeFileSync(join(folder, 'etcd'), 'half of it');
    console.log('building');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
});
