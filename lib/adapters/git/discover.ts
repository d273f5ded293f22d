/** Asks a repository what it speaks. Protocol 2 where the server has it, else the refs come at once. https://git-scm.com/docs/protocol-v2 */
import { Fault } from '../../core/fault/fault.ts';
import { readPackets, textOf } from './pkt-line.ts';
import type { Remote } from './remote.ts';
import { type HttpOptions, smartHttp } from './smart-http.ts';

export type Discovery = {
  repoURL: string;
  /** The base URL that answered. */
  base: string;
  protocol: 0 | 2;
  /** v2: name → value. v0: name → value, of the first ref line. */
  capabilities: ReadonlyMap<string, string>;
  /** v0 only: the lines of refs, `SHA NAME`. */
  refs: readonly string[];
  /** v0 only: what `HEAD` points at. */
  head: string;
};

/** A million refs; beyond that something is wrong. */
const maxBytes = 64 * 1024 * 1024;

export async function discover(remote: Remote, http: HttpOptions): Promise<Discovery> {
  const { repoURL } = remote;
  for (const base of remote.bases) {
    try {
      const url = `${base}/info/refs?service=git-upload-pack`;
      const type = 'upload-pack-advertisement';
      const answer = await smartHttp({ repoURL, url, type, maxBytes, revision: 'all refs' }, http);
      const lines = linesOf(answer.bytes, repoURL);
      return { repoURL, base: answer.url.replace(/\/info\/refs\?.*$/, ''), ...asDiscovery(lines, repoURL) };
    } catch (error) {
      const isMissing = error instanceof Fault && error.code === 'git.repository_not_found';
      if (!isMissing || base === remote.bases.at(-1)) throw error;
    }
  }
  throw new Fault('git.repository_not_found', { repoURL });
}

function linesOf(bytes: Buffer, repoURL: string): string[] {
  try {
    const packets = [...readPackets(bytes)];
    const lines = packets.flatMap((packet) => (packet.kind === 'data' ? [textOf(packet.bytes)] : []));
    return lines.filter((line) => !line.startsWith('# service='));
  } catch (cause) {
    throw new Fault('git.not_understood', { repoURL }, { cause });
  }
}

function asDiscovery(lines: readonly string[], repoURL: string): Omit<Discovery, 'repoURL' | 'base'> {
  const isV2 = lines[0] === 'version 2';
  const [first = '', features = ''] = (lines[0] ?? '').split('\0');
  const named = isV2 ? lines.slice(1) : features.split(' ');
  const capabilities = new Map(named.map((item) => split(item, '=')));
  const format = capabilities.get('object-format') || 'sha1';
  if (format !== 'sha1') throw new Fault('git.not_understood', { repoURL, because: `its object format is ${format}` });
  if (isV2) return { protocol: 2, capabilities, refs: [], head: '' };
  const heads = named.filter((item) => item.startsWith('symref=HEAD:'));
  return {
    protocol: 0,
    capabilities,
    refs: [first, ...lines.slice(1)],
    head: heads[0]?.slice('symref=HEAD:'.length) ?? '',
  };
}

function split(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}
