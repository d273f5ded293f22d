/** Fetches one commit with its trees, and its files unless only trees are asked for. */
import { Fault } from '../../core/fault/fault.ts';
import type { Discovery } from './discover.ts';
import { delimiter, flush, pktLine, readPackets, textOf } from './pkt-line.ts';
import { type GitObjects, PackTooLarge, readPack } from './read-pack.ts';
import { type HttpOptions, smartHttp } from './smart-http.ts';

export type FetchRequest = {
  sha: string;
  /** Leave the files' contents out where the server can. */
  treesOnly: boolean;
  /** Of the answer, and again of what is unpacked from it. */
  maxBytes: number;
};

/** Whether the server can send a tree without its files. */
export function canFilter({ protocol, capabilities }: Discovery): boolean {
  return protocol === 2 && (capabilities.get('fetch') ?? '').split(' ').includes('filter');
}

/** Faults git.revision_not_found, git.too_large, git.not_understood. */
export async function fetchObjects(
  discovery: Discovery,
  request: FetchRequest,
  http: HttpOptions,
): Promise<GitObjects> {
  if (discovery.protocol === 2) return post(discovery, request, bodyOfV2(discovery, request), http);
  try {
    return await post(discovery, request, bodyOfV0([request.sha], 1), http);
  } catch (error) {
    // Before protocol 2 a server may send only what a ref points at: take the history of all of them.
    const isRefused = error instanceof Fault && error.code === 'git.revision_not_found';
    const tips = [...new Set(discovery.refs.filter((line) => !line.includes('^{}')).map((line) => line.slice(0, 40)))];
    if (!isRefused || tips.length === 0 || tips.includes(request.sha)) throw error;
    return post(discovery, request, bodyOfV0(tips, Number.POSITIVE_INFINITY), http);
  }
}

function bodyOfV2(discovery: Discovery, { sha, treesOnly }: FetchRequest): string {
  const wanted = ['no-progress', 'ofs-delta', 'deepen 1', `want ${sha}`];
  if (treesOnly && canFilter(discovery)) wanted.push('filter blob:none');
  const lines = [...wanted, 'done'].map(pktLine);
  return [pktLine('command=fetch'), pktLine('agent=trueup'), delimiter, ...lines, flush].join('');
}

function bodyOfV0(wants: readonly string[], depth: number): string {
  const [first = '', ...others] = wants;
  const lines = [
    `want ${first} side-band-64k ofs-delta no-progress agent=trueup`,
    ...others.map((sha) => `want ${sha}`),
  ];
  if (Number.isFinite(depth)) lines.push(`deepen ${depth}`);
  return [...lines.map(pktLine), flush, pktLine('done')].join('');
}

async function post(
  { repoURL, base }: Discovery,
  { sha, maxBytes }: FetchRequest,
  body: string,
  http: HttpOptions,
): Promise<GitObjects> {
  const url = `${base}/git-upload-pack`;
  const answer = await smartHttp({ repoURL, url, body, type: 'upload-pack-result', maxBytes, revision: sha }, http);
  try {
    const { pack, error } = readAnswer(answer.bytes);
    if (/not our ref|unadvertised|no such ref/i.test(error)) throw notFound(repoURL, sha);
    if (error !== '') throw new Fault('git.not_understood', { repoURL, because: error });
    return await readPack(pack, { maxBytes });
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof PackTooLarge) {
      throw new Fault(
        'git.too_large',
        { repoURL, revision: sha, limit: maxBytes, what: 'bytes unpacked' },
        { cause: error },
      );
    }
    throw new Fault('git.not_understood', { repoURL, because: 'the pack cannot be read' }, { cause: error });
  }
}

/** Both protocols send text lines first, and then the pack in packets that begin with their channel: 1 data, 2 progress, 3 error. */
function readAnswer(bytes: Buffer): { pack: Buffer; error: string } {
  const pack: Buffer[] = [];
  let error = '';
  for (const packet of readPackets(bytes)) {
    if (packet.kind === 'mark') continue;
    const channel = packet.bytes[0];
    if (channel === 1) pack.push(packet.bytes.subarray(1));
    else if (channel === 3) error = textOf(packet.bytes.subarray(1));
    else if (packet.bytes.toString('latin1', 0, 4) === 'ERR ') error = textOf(packet.bytes.subarray(4));
  }
  return { pack: Buffer.concat(pack), error };
}

export function notFound(repoURL: string, targetRevision: string): Fault {
  return new Fault('git.revision_not_found', {
    repoURL,
    targetRevision,
    known: 'see the branches and tags of the repository',
  });
}
