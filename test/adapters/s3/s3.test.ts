import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import test from 'node:test';
import type { S3Client } from '@aws-sdk/client-s3';
import { s3Blobs } from '../../../lib/adapters/s3/blobs.ts';
import { addressOf } from '../../../lib/adapters/s3/place.ts';
import { readText, writeText } from '../../../lib/adapters/s3/read-text.ts';
import { s3Scratch } from '../../../lib/adapters/s3/scratch.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { openS3Double } from './s3-double.ts';

const bucket = 'trueup-state';
const bytes = Uint8Array.of(1);

const calls = {
  's3:PutObject': (client) => s3Blobs({ client, bucket }).put('a', bytes),
  's3:GetObject': (client) => s3Blobs({ client, bucket }).get('a'),
  's3:DeleteObject': (client) => s3Blobs({ client, bucket }).remove('a'),
  's3:PutObject of scratch': (client) => s3Scratch({ client, bucket }).put('a', bytes),
  's3:GetObject of a text': (client) => readText({ client, bucket, key: 'a' }),
  's3:PutObject of a text': (client) => writeText({ client, bucket, key: 'a', text: 't', etag: null }),
} satisfies Record<string, (client: S3Client) => Promise<unknown>>;

for (const [name, call] of Object.entries(calls)) {
  const action = name.split(' ')[0] ?? '';

  test(`s3 names the statement that allows ${name}`, async (t) => {
    const { client } = await openS3Double(t, { status: 403, code: 'AccessDenied', message: 'Access Denied' });
    await rejects(call(client), (error: unknown) => {
      const { code, facts, hint, info } = asFault(error);
      deepEqual([code, facts.bucket, facts.action, info.retry], ['store.denied', bucket, action, 'later']);
      match(hint, new RegExp(`{"Effect":"Allow","Action":"${action}","Resource":"arn:aws:s3:::${bucket}/\\*"}`));
      return true;
    });
  });

  for (const { it, answer } of [
    { it: 'a bucket that is gone', answer: { status: 404, code: 'NoSuchBucket' } },
    { it: 'an S3 that asks to slow down', answer: { status: 503, code: 'SlowDown', message: 'Reduce your rate.' } },
  ]) {
    test(`s3 says that waiting may help ${name} with ${it}`, async (t) => {
      const { client } = await openS3Double(t, answer);
      await rejects(call(client), (error: unknown) => {
        const { code, facts, message } = asFault(error);
        deepEqual([code, facts.action], ['store.unavailable', action]);
        match(message, /s3:\/\/trueup-state\//);
        return true;
      });
    });
  }
}

test('s3 says that nobody answers', async (t) => {
  const { client } = await openS3Double(t, { status: 200 });
  client.config.endpoint = async () => ({ protocol: 'http:', hostname: '127.0.0.1', port: 1, path: '/' });
  await rejects(s3Blobs({ client, bucket }).get('a'), { code: 'store.unavailable' });
});

test('s3 blobs ask for no second version of what is there', async (t) => {
  const { client, asked } = await openS3Double(t, { status: 412, code: 'PreconditionFailed' });
  await s3Blobs({ client, bucket }).put('records/shop/1', bytes);
  deepEqual([asked[0]?.method, asked[0]?.headers['if-none-match']], ['PUT', '*']);
  equal(asked[0]?.url.split('?')[0], `/${bucket}/blobs/records/shop/1`);
  equal(asked[0]?.headers['x-amz-server-side-encryption'], undefined);
});

for (const { it, etag, asks } of [
  { it: 'over a version it has seen', etag: '"0"', asks: ['"0"', undefined] },
  { it: 'where there was none', etag: null, asks: [undefined, '*'] },
]) {
  test(`s3 writes a text ${it}, and only there`, async (t) => {
    const { client, asked } = await openS3Double(t, { status: 200 });
    deepEqual(await writeText({ client, bucket, key: 'config/trueup.yaml', text: 'a', etag }), { etag: '"1"' });
    deepEqual([asked[0]?.headers['if-match'], asked[0]?.headers['if-none-match']], asks);
  });
}

for (const { it, answer } of [
  { it: 'was changed', answer: { status: 412, code: 'PreconditionFailed' } },
  { it: 'is being written by somebody else', answer: { status: 409, code: 'ConditionalRequestConflict' } },
  { it: 'was removed', answer: { status: 404, code: 'NoSuchKey' } },
]) {
  test(`s3 overwrites no text that ${it} meanwhile`, async (t) => {
    const { client } = await openS3Double(t, answer);
    await rejects(writeText({ client, bucket, key: 'a', text: 't', etag: '"0"' }), {
      code: 'config.changed_meanwhile',
      facts: { path: 's3://trueup-state/a' },
    });
  });
}

test('s3 signs a PUT for any content: no checksum of nothing, no length', async (t) => {
  const { client } = await openS3Double(t, { status: 200 });
  const url = new URL(await s3Scratch({ client, bucket }).presignPut('render/1', 60));
  ok(![...url.searchParams.keys()].some((name) => /checksum/i.test(name)), url.search);
  equal(url.searchParams.get('X-Amz-SignedHeaders'), 'host');
  equal(url.searchParams.get('X-Amz-Expires'), '60');
});

for (const [key, address] of [
  ['records/shop/1', 's3://b/blobs/records/shop/1'],
  ['../a', 's3://b/blobs/%2E%2E/a'],
  ['/a//b/', 's3://b/blobs/%/a/%/b/%'],
  ['a.b/.', 's3://b/blobs/a.b/%2E'],
  ['ä b:c', 's3://b/blobs/%C3%A4%20b%3Ac'],
] as const) {
  test(`s3 keeps ${key} at ${address}`, async (t) => {
    const { client } = await openS3Double(t, { status: 200 });
    equal(addressOf({ client, bucket: 'b', prefix: 'blobs/' }, key), address);
  });
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  throw error;
}
