/** Renders one closed bundle that comes and goes by presigned URL; called by the sync function, with nothing of its own to give away. */
import middy from '@middy/core';
import {
  maxBundleBytes,
  maxResultBytes,
  protocolVersion,
  type RemoteLimits,
  type RenderAnswer,
  type RenderEvent,
  renderEvent,
} from '../../lib/adapters/lambda/render-event.ts';
import { unpackRequest } from '../../lib/adapters/lambda/render-request.ts';
import { packResult } from '../../lib/adapters/lambda/render-result.ts';
import { sealBundle, unsealBundle } from '../../lib/adapters/lambda/seal-bundle.ts';
import { Fault } from '../../lib/core/fault/fault.ts';
import { type BundlePlace, isBundleUrl } from '../../lib/core/render/is-bundle-url.ts';
import type { Log } from '../../lib/ports/log.ts';
import type { Renderer, RenderRequest } from '../../lib/ports/renderer.ts';
import { type Around, untilKilled } from '../open.ts';
import { fetchBundle, putBundle } from './carry-bundle.ts';
import { wipeFolder } from './wipe-folder.ts';

export type RenderParts = {
  rendererFor(limits: RemoteLimits): Renderer;
  /** All that is in it is removed before each render. Lambda gives a function one event at a time. */
  folder: string;
  place: BundlePlace;
  log: Log;
};

/** What is wrong with the source is a result like any other; the answer tells only of a bundle that could not be had or put. */
export function render(parts: RenderParts, { middleware = [] }: Around = {}) {
  return middy<unknown, RenderAnswer>(untilKilled)
    .use(middleware)
    .handler(async (event) => {
      try {
        await renderBundle(readEvent(event, parts.place), parts);
        return { v: protocolVersion };
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        parts.log.error('render.not_carried', {}, error);
        return { v: protocolVersion, fault: told(error) };
      }
    });
}

async function renderBundle({ get, put, key: digits, limits }: RenderEvent, parts: RenderParts): Promise<void> {
  await wipe(parts);
  const key = Buffer.from(digits, 'hex');
  const sealed = await fetchBundle(get, maxBundleBytes);
  const packed = await unsealBundle(sealed, { key, name: 'request', maxBytes: maxBundleBytes }).catch(
    (cause: unknown) => {
      throw new Fault('render.remote_failed', { because: 'the bundle is damaged, or under another key' }, { cause });
    },
  );
  const request = unpackRequest(packed);
  const result = await resultOf(request, parts.rendererFor(limits), maxResultBytes(limits));
  await putBundle(put, await sealBundle(result, { key, name: 'result' }));
}

function readEvent(event: unknown, place: BundlePlace): RenderEvent {
  const read = renderEvent.safeParse(event);
  if (!read.success) throw new Fault('render.remote_failed', { because: 'it was asked by another version of Trueup' });
  for (const url of [read.data.get, read.data.put]) {
    if (isBundleUrl(url, place)) continue;
    throw new Fault('render.remote_failed', { because: `the bundle does not lie in S3 in ${place.region}` });
  }
  return read.data;
}

async function wipe({ folder, log }: RenderParts): Promise<void> {
  const left = await wipeFolder(folder);
  if (left.length > 0) log.warn('render.folder_not_wiped', { left });
}

async function resultOf(request: RenderRequest, renderer: Renderer, maxBytes: number): Promise<Uint8Array> {
  const result = await renderer.render(request).then(
    (rendered) => packResult({ rendered }),
    (error: unknown) => {
      if (!(error instanceof Fault)) throw error;
      return packResult({ fault: told(error) });
    },
  );
  if (result.length <= maxBytes) return result;
  const tooLarge = new Fault('render.too_large', { path: request.source.path, limit: maxBytes, what: 'bytes as JSON' });
  return packResult({ fault: told(tooLarge) });
}

function told({ code, facts }: Fault): { code: string; facts: Record<string, unknown> } {
  return { code, facts: { ...facts } };
}
