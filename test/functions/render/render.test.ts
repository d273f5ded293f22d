import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { render } from '../../../functions/render/render.ts';
import { renderAnswer } from '../../../lib/adapters/lambda/render-event.ts';
import { packRequest } from '../../../lib/adapters/lambda/render-request.ts';
import { unpackResult } from '../../../lib/adapters/lambda/render-result.ts';
import { sealBundle, unsealBundle } from '../../../lib/adapters/lambda/seal-bundle.ts';
import { jsonLog } from '../../../lib/adapters/log/json-log.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { parseManifests } from '../../../lib/core/render/parse-manifests.ts';
import type { Rendered, Renderer, RenderRequest } from '../../../lib/ports/renderer.ts';
import { renderRequest } from '../../contracts/renderer.contract.ts';
import { openHttpScratch } from '../../support/http-scratch.ts';
import { configMap } from '../../support/source-files.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { lambdaContext } from '../lambda-events.ts';

const request = renderRequest({ 'app/a.yaml': configMap('a') }, {});
const rendered: Rendered = {
  tool: 'directory',
  manifests: parseManifests(configMap('a'), 'app/a.yaml'),
  reads: ['app'],
  warnings: [],
};

test('render fetches a bundle, renders it and puts the result', async (t) => {
  const door = await open(t);
  deepEqual(await door.invoke({}), { v: 1 });
  deepEqual(await door.result(), rendered);
  deepEqual(
    door.asked.map(({ application, source }) => [application, source.path]),
    [['shop', 'app']],
  );
  deepEqual(door.limits, [{ timeoutMs: 5_000, maxOutputBytes: 1_000_000 }]);
});

test('render puts what is wrong with the source as a result like any other', async (t) => {
  const fault = new Fault('render.failed', { tool: 'Helm', path: 'app', because: 'no image given' });
  const door = await open(t, { render: () => Promise.reject(fault) });
  deepEqual(await door.invoke({}), { v: 1 });
  await rejects(door.result(), { code: 'render.failed', facts: fault.facts });
});

test('render puts no more than its asker will take', async (t) => {
  const door = await open(t, { render: async () => ({ ...rendered, warnings: ['x'.repeat(19_000_000)] }) });
  deepEqual(await door.invoke({}), { v: 1 });
  await rejects(door.result(), { code: 'render.too_large', message: /bytes as JSON/ });
});

test('render wipes what earlier renders left before it does anything else', async (t) => {
  const seen: string[][] = [];
  const door = await open(t, {
    render: async () => {
      seen.push(readdirSync(door.folder));
      return rendered;
    },
  });
  mkdirSync(join(door.folder, 'trueup-render-1/root/home'), { recursive: true });
  writeFileSync(join(door.folder, 'trueup-render-1/root/home/token'), 'secret');
  writeFileSync(join(door.folder, '.hidden'), 'secret');
  await door.invoke({});
  deepEqual(seen, [[]]);
  ok(existsSync(door.folder));
});

test('render leaves a bug a bug, so that Lambda logs and counts it', async (t) => {
  const bug = new TypeError('x is not a function');
  const door = await open(t, { render: () => Promise.reject(bug) });
  await rejects(door.invoke({}), bug);
});

const elsewhere = 'https://bundles.evil.example/render/1/in';
const otherRegion = 'https://scratch.s3.us-east-1.amazonaws.com/render/1/in';

for (const { it, event = {}, prepare = () => {}, says } of [
  { it: 'an event of another version', event: { v: 2 }, says: /asked by another version/ },
  { it: 'an event with a field it does not know', event: { also: 1 }, says: /asked by another version/ },
  { it: 'a key that is none', event: { key: 'abc' }, says: /asked by another version/ },
  { it: 'a bundle that lies elsewhere', event: { get: elsewhere }, says: /does not lie in S3 in eu-west-1/ },
  { it: 'a bundle in another region', event: { get: otherRegion }, says: /does not lie in S3 in eu-west-1/ },
  { it: 'a result that shall go elsewhere', event: { put: elsewhere }, says: /does not lie in S3/ },
  { it: 'a file of this machine', event: { get: 'file:///etc/passwd' }, says: /does not lie in S3/ },
  {
    it: 'a bundle that is gone',
    prepare: ({ objects }: Door) => objects.clear(),
    says: /fetching the bundle: S3 answered 404 NoSuchKey$/,
  },
  {
    it: 'a URL that S3 refuses',
    event: { get: 'http://127.0.0.1:PORT/scratch/other' },
    says: /fetching the bundle: S3 answered 403 SignatureDoesNotMatch$/,
  },
  {
    it: 'a place for the result that S3 refuses',
    event: { put: 'http://127.0.0.1:PORT/scratch/other' },
    says: /putting the result: S3 answered 403 SignatureDoesNotMatch$/,
  },
  { it: 'an S3 that does not answer', event: { get: 'http://127.0.0.1:1/x' }, says: /S3 does not answer/ },
  { it: 'another key', event: { key: '0'.repeat(64) }, says: /damaged, or under another key/ },
  {
    it: 'a bundle with one bit flipped',
    prepare: ({ objects }: Door) => {
      const sealed = objects.get('render/1/in') ?? new Uint8Array();
      objects.set('render/1/in', Uint8Array.from(sealed).with(-1, (sealed.at(-1) ?? 0) ^ 1));
    },
    says: /damaged, or under another key/,
  },
  {
    it: 'a bundle that is none',
    prepare: async ({ objects, key }: Door) =>
      void objects.set('render/1/in', await sealBundle(Buffer.from('x'), { key, name: 'request' })),
    says: /the bundle is not one of this version/,
  },
]) {
  test(`render refuses ${it}, and names neither URL nor key`, async (t) => {
    const door = await open(t);
    await prepare(door);
    const { fault } = renderAnswer.parse(await door.invoke(event));
    equal(fault?.code, 'render.remote_failed');
    match(new Fault('render.remote_failed', fault?.facts).message, says);
    const shown = `${JSON.stringify(fault)}${door.lines.join('')}`;
    for (const secret of ['X-Amz-Signature', 'StringToSign', 'render/1', door.key.toString('hex')]) {
      ok(!shown.includes(secret), `${shown} shows ${secret}`);
    }
    match(door.lines.join(''), /render\.not_carried/);
    equal(door.objects.has('render/1/out'), false);
  });
}

type Door = Awaited<ReturnType<typeof open>>;

/** The function with a renderer that always gives the same, or what the test wants. */
async function open(t: TestContext, renderer: Renderer = { render: async () => rendered }) {
  const scratch = await openHttpScratch(t);
  const folder = tempFolder(t);
  const key = randomBytes(32);
  const asked: RenderRequest[] = [];
  const limits: unknown[] = [];
  const lines: string[] = [];
  await scratch.put('render/1/in', await sealBundle(packRequest(request), { key, name: 'request' }));
  const handler = render({
    rendererFor(given) {
      limits.push(given);
      return {
        render: (request) => {
          asked.push(request);
          return renderer.render(request);
        },
      };
    },
    folder,
    place: { region: 'eu-west-1', local: true },
    log: jsonLog((line) => void lines.push(line), Date.now),
  });
  const event = {
    v: 1,
    get: await scratch.presignGet('render/1/in', 60),
    put: await scratch.presignPut('render/1/out', 60),
    key: key.toString('hex'),
    limits: { timeoutMs: 5_000, maxOutputBytes: 1_000_000 },
  };
  const port = new URL(event.get).port;
  const invoke = (over: Record<string, unknown>): Promise<unknown> =>
    handler(JSON.parse(JSON.stringify({ ...event, ...over }).replaceAll('PORT', port)), lambdaContext);
  const result = async () => {
    const sealed = scratch.objects.get('render/1/out') ?? new Uint8Array();
    return unpackResult(await unsealBundle(sealed, { key, name: 'result', maxBytes: 100_000_000 }));
  };
  return { invoke, result, objects: scratch.objects, folder, key, asked, limits, lines };
}
