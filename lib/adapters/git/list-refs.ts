/** Lists branches and tags. The `etag` is a digest of them: a plain server knows no conditional request. */
import { createHash } from 'node:crypto';
import { Fault } from '../../core/fault/fault.ts';
import type { Heads } from '../../core/revision/heads.ts';
import type { Discovery } from './discover.ts';
import { delimiter, flush, pktLine, readPackets, textOf } from './pkt-line.ts';
import { type HttpOptions, smartHttp } from './smart-http.ts';

type Refs = { head: string; names: Map<string, string> };

const maxBytes = 64 * 1024 * 1024;

export async function listRefs(discovery: Discovery, http: HttpOptions): Promise<Heads> {
  return asHeads(discovery.protocol === 2 ? await askRefs(discovery, http) : advertisedRefs(discovery));
}

async function askRefs({ repoURL, base }: Discovery, http: HttpOptions): Promise<Refs> {
  const wanted = ['peel', 'symrefs', 'ref-prefix HEAD', 'ref-prefix refs/heads/', 'ref-prefix refs/tags/'];
  const body = [pktLine('command=ls-refs'), pktLine('agent=trueup'), delimiter, ...wanted.map(pktLine), flush].join('');
  const url = `${base}/git-upload-pack`;
  const { bytes } = await smartHttp(
    { repoURL, url, body, type: 'upload-pack-result', maxBytes, revision: 'all refs' },
    http,
  );
  const refs: Refs = { head: '', names: new Map() };
  for (const packet of packetsOf(bytes, repoURL)) {
    if (packet.kind === 'mark') continue;
    const [sha = '', name = '', ...attributes] = textOf(packet.bytes).split(' ');
    if (name === 'HEAD') refs.head = attributeOf(attributes, 'symref-target:') ?? '';
    refs.names.set(name, attributeOf(attributes, 'peeled:') ?? sha);
  }
  return refs;
}

function packetsOf(bytes: Buffer, repoURL: string) {
  try {
    return [...readPackets(bytes)];
  } catch (cause) {
    throw new Fault('git.not_understood', { repoURL }, { cause });
  }
}

function attributeOf(attributes: readonly string[], prefix: string): string | undefined {
  return attributes.find((attribute) => attribute.startsWith(prefix))?.slice(prefix.length);
}

function advertisedRefs({ refs, head }: Discovery): Refs {
  const names = new Map<string, string>();
  for (const line of refs) {
    const [sha = '', name = ''] = line.split(' ');
    // The peeled line follows that of its tag and takes its place; `capabilities^{}` stands for an empty repository.
    if (name !== 'capabilities^{}') names.set(name.replace(/\^\{\}$/, ''), sha);
  }
  return { head, names };
}

function asHeads({ head, names }: Refs): Heads {
  const branches = below('refs/heads/', names);
  const tags = below('refs/tags/', names);
  // A detached HEAD names no branch: take one that is at the same commit.
  const detached = Object.keys(branches).find((name) => branches[name] === names.get('HEAD')) ?? '';
  const defaultBranch = head.startsWith('refs/heads/') ? head.slice('refs/heads/'.length) : detached;
  const digest = createHash('sha256').update(JSON.stringify([defaultBranch, branches, tags]));
  return { defaultBranch, branches, tags, etag: digest.digest('hex') };
}

function below(prefix: string, names: ReadonlyMap<string, string>): Record<string, string> {
  const found = [...names].filter(([name]) => name.startsWith(prefix));
  const sorted = found.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, sha]) => [name.slice(prefix.length), sha]));
}
