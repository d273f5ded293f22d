/** Official builds: found with their published checksum, checked, and not waited for where nobody answers. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import test, { type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { downloadRelease } from '../../../../infra/local/control-plane/download-release.ts';
import { findRelease } from '../../../../infra/local/control-plane/find-release.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

async function publishing(t: TestContext, files: Record<string, string | Buffer>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { url, asked, hosts: { kubernetes: url, github: url, githubApi: `${url}/api` } };
}

const onLinux = { platform: 'linux', arch: 'x64' } as const;

test('find-release finds Kubernetes with its checksum, and it is kept', async (t) => {
  const path = '/v1.36.3/bin/linux/amd64/kube-scheduler';
  const { hosts, url } = await publishing(t, { [path]: 'scheduler', [`${path}.sha256`]: sha256('scheduler') });
  const release = await findRelease('kube-scheduler', { hosts, ...onLinux });
  deepEqual(release, { url: `${url}${path}`, sha256: sha256('scheduler') });
  ok(release);
  const folder = tempFolder(t);
  await downloadRelease('kube-scheduler', release, folder);
  equal(readFileSync(join(folder, 'kube-scheduler'), 'utf8'), 'scheduler');
  deepEqual(readdirSync(folder).sort(), ['kube-scheduler', 'manifest.json']);
});

test('find-release takes etcd out of its archive', async (t) => {
  const tar = pack();
  tar.entry({ name: 'etcd-v3.6.5-linux-arm64/README' }, 'read me');
  tar.entry({ name: 'etcd-v3.6.5-linux-arm64/etcd' }, 'etcd itself');
  tar.finalize();
  const archive = gzipSync(await buffer(tar));
  const path = '/etcd-io/etcd/releases/download/v3.6.5';
  const sums = `${'0'.repeat(64)}  etcd-v3.6.5-linux-amd64.tar.gz\n${sha256(archive)}  etcd-v3.6.5-linux-arm64.tar.gz\n`;
  const { hosts } = await publishing(t, {
    [`${path}/SHA256SUMS`]: sums,
    [`${path}/etcd-v3.6.5-linux-arm64.tar.gz`]: archive,
  });
  const release = await findRelease('etcd', { hosts, platform: 'linux', arch: 'arm64' });
  ok(release);
  const folder = tempFolder(t);
  await downloadRelease('etcd', release, folder);
  equal(readFileSync(join(folder, 'etcd'), 'utf8'), 'etcd itself');
});

test('find-release takes the digest that GitHub states for kwok', async (t) => {
  const asset = {
    name: 'kwok-linux-amd64',
    browser_download_url: 'https://example.com/kwok',
    digest: `sha256:${sha256('kwok')}`,
  };
  const tag = '/api/repos/kubernetes-sigs/kwok/releases/tags/v0.8.0';
  const { hosts } = await publishing(t, { [tag]: JSON.stringify({ assets: [{ ...asset, name: 'kwokctl' }, asset] }) });
  deepEqual(await findRelease('kwok', { hosts, ...onLinux }), {
    url: asset.browser_download_url,
    sha256: sha256('kwok'),
  });
});

test('find-release does not take a build without a checksum', async (t) => {
  const tag = '/api/repos/kubernetes-sigs/kwok/releases/tags/v0.8.0';
  const asset = { name: 'kwok-linux-amd64', browser_download_url: 'https://example.com/kwok', digest: null };
  const { hosts } = await publishing(t, {
    [tag]: JSON.stringify({ assets: [asset] }),
    '/v1.36.3/bin/linux/amd64/kube-apiserver.sha256': '<html>',
  });
  equal(await findRelease('kwok', { hosts, ...onLinux }), null);
  equal(await findRelease('kube-apiserver', { hosts, ...onLinux }), null);
});

test('find-release asks nobody on a Mac, for which there is no API server', async (t) => {
  const { hosts, asked } = await publishing(t, {});
  equal(await findRelease('kube-apiserver', { hosts, platform: 'darwin', arch: 'arm64' }), null);
  deepEqual(asked, []);
});

test('find-release gives up at once where nobody answers', async () => {
  const nobody = 'http://127.0.0.1:9';
  equal(
    await findRelease('etcd', { hosts: { kubernetes: nobody, github: nobody, githubApi: nobody }, ...onLinux }),
    null,
  );
});

test('download-release refuses what does not have the published checksum, and keeps nothing of it', async (t) => {
  const { url } = await publishing(t, { '/kind': 'something else' });
  const folder = tempFolder(t);
  const release = { url: `${url}/kind`, sha256: sha256('kind') };
  await rejects(downloadRelease('kind', release, folder), { code: 'local.wrong_checksum' });
  deepEqual(readdirSync(folder), []);
});

test('download-release says where a file could not be had', async (t) => {
  const { url } = await publishing(t, {});
  const folder = tempFolder(t);
  const release = { url: `${url}/gone`, sha256: sha256('kind') };
  await rejects(downloadRelease('kind', release, folder), { code: 'local.download_failed', message: /status 404/ });
  equal(existsSync(join(folder, 'kind')), false);
});
