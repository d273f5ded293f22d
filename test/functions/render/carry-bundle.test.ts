import { deepEqual, rejects } from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { fetchBundle, putBundle } from '../../../functions/render/carry-bundle.ts';
import { openHttpScratch } from '../../support/http-scratch.ts';
import { listenOn } from '../../support/listen-on.ts';

test('carry-bundle puts and fetches bytes', async (t) => {
  const scratch = await openHttpScratch(t);
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  await putBundle(await scratch.presignPut('a', 60), bytes);
  deepEqual(new Uint8Array(await fetchBundle(await scratch.presignGet('a', 60), bytes.length)), bytes);
});

test('carry-bundle stops fetching when there is more than there may be', async (t) => {
  const closed = Promise.withResolvers<void>();
  const url = await serve(t, (_, response) => {
    response.on('close', closed.resolve);
    Readable.from(endless()).pipe(response);
  });
  await rejects(fetchBundle(url, 1_000_000), { code: 'render.remote_failed', message: /more than 1000000 bytes/ });
  await closed.promise;
});

test('carry-bundle gives nothing for half a bundle', async (t) => {
  const url = await serve(t, (_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half', () => response.destroy());
  });
  await rejects(fetchBundle(url, 10_000), { code: 'render.remote_failed', message: /broke off/ });
});

test('carry-bundle follows no redirect', async (t) => {
  const target = await serve(t, (_, response) => response.end('secret'));
  const url = await serve(t, (_, response) => response.writeHead(307, { location: target }).end());
  await rejects(fetchBundle(url, 10_000), { code: 'render.remote_failed', message: /S3 does not answer/ });
  await rejects(putBundle(url, new Uint8Array()), { code: 'render.remote_failed' });
});

function* endless() {
  for (;;) yield Buffer.alloc(64_000);
}

function serve(t: TestContext, answer: RequestListener): Promise<string> {
  return listenOn(createServer(answer), t);
}
