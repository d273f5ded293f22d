/** Resumes a watch and tells what changed since. */
import * as z from 'zod';
import type { Change, Cluster, ServedKind } from '../../ports/cluster.ts';
import { type Answer, statusOf } from './answer.ts';
import { type Api, about } from './api.ts';
import { kubernetesFault } from './kubernetes-fault.ts';
import { collectionPath } from './object-path.ts';
import { parseObject } from './parse-object.ts';
import { readJsonLines } from './read-json-lines.ts';
import { untilQuiet } from './until-quiet.ts';

/** What a server needs at most to end a watch whose time is over. */
const graceMs = 10_000;

export async function* watchChanges(
  api: Api,
  kind: ServedKind,
  { from, labelSelector, namespace, quietMs, forSeconds, signal }: Parameters<Cluster['changes']>[1],
): AsyncIterable<Change> {
  const timeoutSeconds = forSeconds ?? api.watchSeconds;
  const stop = new AbortController();
  // A connection that died without a word sends nothing, not even the end.
  const ends = [stop.signal, AbortSignal.timeout(timeoutSeconds * 1000 + graceMs), ...(signal ? [signal] : [])];
  const ended = AbortSignal.any(ends);
  try {
    const query = { watch: true, resourceVersion: from, labelSelector, allowWatchBookmarks: true, timeoutSeconds };
    const path = collectionPath(kind, namespace);
    if (forSeconds !== undefined) await wakeBookmarks(api, path);
    const response = await orNothing(api.requests.stream({ method: 'GET', path, query }, ended), signal);
    if (response === undefined) return;
    if ('refused' in response) {
      if (!isExpired(response.refused)) throw kubernetesFault(response.refused, about(api, 'watch', kind, namespace));
      return yield { type: 'EXPIRED' };
    }
    for await (const line of readJsonLines(untilQuiet(response.body, quietMs))) {
      const change = changeOf(line);
      if (!('status' in change)) yield change;
      else if (isExpired(change)) return yield { type: 'EXPIRED' };
      else throw kubernetesFault(change, about(api, 'watch', kind, namespace));
    }
  } finally {
    stop.abort();
  }
}

/**
 * Of a kind where nothing happens the server's watch cache learns no new position, and so sends no bookmark, unless a
 * consistent read has just made it ask etcd (seen on 1.36: then it comes within 3 s, else not at all).
 */
async function wakeBookmarks({ requests }: Api, path: string): Promise<void> {
  await requests.ask({ method: 'GET', path, query: { limit: 1 }, again: false });
}

/** An aborted watch ends quietly, also before its first byte. */
async function orNothing<Result>(asked: Promise<Result>, signal: AbortSignal | undefined): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}

const eventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({
    metadata: z.looseObject({ resourceVersion: z.string().default('') }).default({ resourceVersion: '' }),
  }),
});

function changeOf(line: unknown): Exclude<Change, { type: 'EXPIRED' }> | Answer {
  const { type, object } = eventSchema.parse(line);
  if (type === 'ERROR') return { status: statusOf({ status: 500, body: object }).code ?? 500, body: object };
  const position = object.metadata.resourceVersion;
  if (type === 'BOOKMARK') return { type, position };
  return { type, object: parseObject(object), position };
}

/** A position too old for the server, or newer than all it knows (its etcd was restored from a backup): list again. */
function isExpired(answer: Answer): boolean {
  if (answer.status === 410) return true;
  return statusOf(answer).details?.causes?.some(({ reason }) => reason === 'ResourceVersionTooLarge') ?? false;
}
