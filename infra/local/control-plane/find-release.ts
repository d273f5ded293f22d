/** Where the official build of a program is published, and with which checksum. Asks quickly, and gives null when nobody answers. */
import { EnvHttpProxyAgent, fetch } from 'undici';
import * as z from 'zod';
import { type ProgramName, versions } from './programs.ts';

/** `member` is the file's place in the archive when `url` is a .tar.gz. */
export type Release = { url: string; sha256: string; member?: string };
export type ReleaseHosts = { kubernetes: string; github: string; githubApi: string };

export const publicHosts: ReleaseHosts = {
  kubernetes: 'https://dl.k8s.io',
  github: 'https://github.com',
  githubApi: 'https://api.github.com',
};

/** Long enough for a slow line, short enough not to be noticed where there is none. */
const answerWithinMs = 4_000;

/** Official builds of all five programs exist for Linux only. */
export async function findRelease(
  name: ProgramName | 'kind',
  options: { hosts?: ReleaseHosts; platform?: NodeJS.Platform; arch?: string } = {},
): Promise<Release | null> {
  const hosts = options.hosts ?? publicHosts;
  const platform = options.platform ?? process.platform;
  const cpu = (options.arch ?? process.arch) === 'arm64' ? 'arm64' : 'amd64';
  try {
    if (name === 'kind') return await findKind(hosts, `kind-${platform}-${cpu}`);
    if (platform !== 'linux') return null;
    if (name === 'etcd') return await findEtcd(hosts, `etcd-v${versions.etcd}-linux-${cpu}`);
    if (name === 'kwok') return await findKwok(hosts, `kwok-linux-${cpu}`);
    return await findKubernetes(hosts, name, cpu);
  } catch {
    return null;
  }
}

async function findKubernetes(hosts: ReleaseHosts, name: string, cpu: string): Promise<Release | null> {
  const url = `${hosts.kubernetes}/v${versions.kubernetes}/bin/linux/${cpu}/${name}`;
  return withChecksum({ url }, firstWord(await ask(`${url}.sha256`)));
}

async function findEtcd(hosts: ReleaseHosts, archive: string): Promise<Release | null> {
  const folder = `${hosts.github}/etcd-io/etcd/releases/download/v${versions.etcd}`;
  const sums = await ask(`${folder}/SHA256SUMS`);
  const line = sums.split('\n').find((candidate) => candidate.trim().endsWith(` ${archive}.tar.gz`));
  return withChecksum({ url: `${folder}/${archive}.tar.gz`, member: `${archive}/etcd` }, firstWord(line ?? ''));
}

async function findKind(hosts: ReleaseHosts, file: string): Promise<Release | null> {
  const url = `${hosts.github}/kubernetes-sigs/kind/releases/download/v${versions.kind}/${file}`;
  return withChecksum({ url }, firstWord(await ask(`${url}.sha256sum`)));
}

const githubRelease = z.object({
  assets: z.array(z.object({ name: z.string(), browser_download_url: z.string(), digest: z.string().nullish() })),
});

/** kwok publishes no checksum file; GitHub's own digest of the asset stands for it. */
async function findKwok(hosts: ReleaseHosts, file: string): Promise<Release | null> {
  const text = await ask(`${hosts.githubApi}/repos/kubernetes-sigs/kwok/releases/tags/v${versions.kwok}`);
  const asset = githubRelease.parse(JSON.parse(text)).assets.find(({ name }) => name === file);
  return asset ? withChecksum({ url: asset.browser_download_url }, asset.digest?.replace(/^sha256:/, '') ?? '') : null;
}

/** A program without a checksum is not taken. */
function withChecksum(release: Omit<Release, 'sha256'>, sha256: string): Release | null {
  return /^[0-9a-f]{64}$/.test(sha256) ? { ...release, sha256 } : null;
}

function firstWord(text: string): string {
  return text.trim().split(/\s/)[0] ?? '';
}

async function ask(url: string): Promise<string> {
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: answerWithinMs } });
  try {
    const response = await fetch(url, { dispatcher, signal: AbortSignal.timeout(answerWithinMs) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return await response.text();
  } finally {
    await dispatcher.destroy();
  }
}
