/** Renders in another function, which has no credentials: the files go there, encrypted for this once, and the manifests come back. */
import { randomBytes } from 'node:crypto';
import { Fault } from '../../core/fault/fault.ts';
import { readJson } from '../../core/object/read-json.ts';
import { believeFault } from '../../core/render/believe-fault.ts';
import type { Log } from '../../ports/log.ts';
import type { Rendered, Renderer, RenderRequest } from '../../ports/renderer.ts';
import type { Scratch } from '../../ports/scratch.ts';
import {
  maxFilesBytes,
  maxResultBytes,
  protocolVersion,
  type RemoteLimits,
  type RenderEvent,
  renderAnswer,
} from './render-event.ts';
import { packRequest } from './render-request.ts';
import { unpackResult } from './render-result.ts';
import { sealBundle, unsealBundle } from './seal-bundle.ts';

/** Runs the function and gives its answer. Faults: render.*, whose `path` is filled in here. */
export type Invoke = (payload: Uint8Array) => Promise<Uint8Array>;

export type RemoteRendererParts = {
  invoke: Invoke;
  scratch: Scratch;
  limits: RemoteLimits;
  newId: () => string;
  log: Log;
};

/** Faults: those of rendering, render.remote_*, render.bundle_too_large, store.*. */
export function remoteRenderer(parts: RemoteRendererParts): Renderer {
  const { scratch, newId, log } = parts;
  return {
    async render(request) {
      requireSize(request);
      const folder = `render/${newId()}`;
      const place = { request: `${folder}/in`, result: `${folder}/out` };
      const key = randomBytes(32);
      try {
        await scratch.put(place.request, await sealBundle(packRequest(request), { key, name: 'request' }));
        await askFor(place, key, { request, ...parts });
        return await fetchResult(place.result, key, parts);
      } finally {
        await Promise.all([place.request, place.result].map((name) => clearAway(name, scratch, log)));
      }
    },
  };
}

type Place = { request: string; result: string };

/** A bundle that was too small is rendered once more with all files. */
const mostRuns = 2;
/** To start the function, fetch and put. */
const urlSlackSeconds = 60;

function requireSize({ files, source: { repoURL } }: RenderRequest): void {
  let sizeBytes = 0;
  for (const file of files.values()) sizeBytes += file.kind === 'file' ? file.bytes.length : 0;
  if (sizeBytes > maxFilesBytes)
    throw new Fault('render.bundle_too_large', { repoURL, sizeBytes, maxBytes: maxFilesBytes });
}

async function askFor(
  place: Place,
  key: Buffer,
  { request, invoke, scratch, limits }: RemoteRendererParts & { request: RenderRequest },
): Promise<void> {
  const forSeconds = Math.ceil((mostRuns * limits.timeoutMs) / 1000) + urlSlackSeconds;
  const event: RenderEvent = {
    v: protocolVersion,
    get: await scratch.presignGet(place.request, forSeconds),
    put: await scratch.presignPut(place.result, forSeconds),
    key: key.toString('hex'),
    limits: { timeoutMs: limits.timeoutMs, maxOutputBytes: limits.maxOutputBytes },
  };
  const answer = await invoke(new TextEncoder().encode(JSON.stringify(event))).catch((error: unknown) => {
    throw withPath(error, request.source.path);
  });
  readAnswer(answer);
}

function withPath(error: unknown, path: string): unknown {
  return error instanceof Fault ? new Fault(error.code, { path, ...error.facts }, { cause: error.cause }) : error;
}

/** Throws the fault it tells of. */
function readAnswer(answer: Uint8Array): void {
  const read = renderAnswer.safeParse(readJson(answer));
  if (!read.success) throw failed('its answer is none of this version');
  if (read.data.fault !== undefined) throw believeFault(read.data.fault);
}

async function fetchResult(name: string, key: Uint8Array, { scratch, limits }: RemoteRendererParts): Promise<Rendered> {
  const maxBytes = maxResultBytes(limits);
  const sealed = await scratch.get(name, { maxBytes });
  if (sealed === null) throw failed('it left no result');
  const result = await unsealBundle(sealed, { key, name: 'result', maxBytes }).catch((cause: unknown) => {
    throw failed('its result is damaged, or larger than allowed', cause);
  });
  return unpackResult(result);
}

/** What stays is unreadable, as the key is gone, and the bucket removes it after a day: no reason to fail what was rendered. */
async function clearAway(name: string, scratch: Scratch, log: Log): Promise<void> {
  await scratch.remove(name).catch((error: unknown) => log.error('render.bundle_left', { name }, error));
}

function failed(because: string, cause?: unknown): Fault {
  return new Fault('render.remote_failed', { because }, { cause });
}
