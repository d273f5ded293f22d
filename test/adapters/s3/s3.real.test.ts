/** Blobs, scratch and texts in a bucket of the local AWS. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { LocalAws } from '../../../infra/local/aws/local-aws.ts';
import { startLocalAws } from '../../../infra/local/aws/start-local-aws.ts';
import { s3Blobs } from '../../../lib/adapters/s3/blobs.ts';
import { readText, writeText } from '../../../lib/adapters/s3/read-text.ts';
import { s3Scratch } from '../../../lib/adapters/s3/scratch.ts';
import { blobsContract } from '../../contracts/blobs.contract.ts';
import { awsStranger } from '../../support/aws-stranger.ts';

describe('s3 on ministack', () => {
  let aws: LocalAws;
  let client: S3Client;

  before(async () => {
    aws = await startLocalAws();
    client = new S3Client(aws.clientConfig);
  });
  after(async () => {
    client?.destroy();
    await aws?.stop();
  });

  /** A bucket of its own for each test, versioned as the deployed one. */
  async function createBucket(): Promise<{ client: S3Client; bucket: string }> {
    const bucket = `trueup-${randomBytes(6).toString('hex')}`;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    return { client, bucket };
  }

  blobsContract('s3', async () => s3Blobs(await createBucket()));

  test('s3 blobs: what is put again makes no second version, and comes back after it was removed', async () => {
    const { bucket } = await createBucket();
    const blobs = s3Blobs({ client, bucket });
    for (let time = 0; time < 3; time += 1) await blobs.put('a', Uint8Array.of(1));
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    deepEqual(
      Versions.map(({ Key }) => Key),
      ['blobs/a'],
    );
    await blobs.remove('a');
    await blobs.put('a', Uint8Array.of(1));
    deepEqual(await blobs.get('a'), Uint8Array.of(1));
  });

  test('s3 scratch: by its URLs anybody writes one key and reads one', async () => {
    const scratch = s3Scratch(await createBucket());
    const bytes = new Uint8Array(randomBytes(200_000));
    const put = await fetch(await scratch.presignPut('render/1/answer', 60), { method: 'PUT', body: bytes });
    equal(put.status, 200, await put.text());
    deepEqual(await scratch.get('render/1/answer'), bytes);
    const got = await fetch(await scratch.presignGet('render/1/answer', 60));
    deepEqual(new Uint8Array(await got.arrayBuffer()), bytes);
    const other = (await scratch.presignGet('render/1/answer', 60)).replace('/1/', '/2/');
    ok([403, 404].includes((await fetch(other)).status));
    await scratch.remove('render/1/answer');
    equal(await scratch.get('render/1/answer'), null);
  });

  test('s3 scratch: what is too large is not read', async () => {
    const { bucket } = await createBucket();
    const scratch = s3Scratch({ client, bucket });
    await scratch.put('a', new Uint8Array(1001));
    deepEqual(await scratch.get('a', { maxBytes: 1001 }), new Uint8Array(1001));
    await rejects(scratch.get('a', { maxBytes: 1000 }), {
      code: 'store.too_large',
      facts: { path: `s3://${bucket}/a`, sizeBytes: 1001, maxBytes: 1000 },
    });
  });

  test('s3 text: read once, then asked whether it changed', async () => {
    const place = { ...(await createBucket()), key: 'config/trueup.yaml' };
    equal(await readText(place), null);
    const { etag } = await writeText({ ...place, text: 'store: {kind: aws} # Grüße', etag: null });
    deepEqual(await readText(place), { text: 'store: {kind: aws} # Grüße', etag });
    equal(await readText({ ...place, etag }), 'unchanged');
    const next = await writeText({ ...place, text: 'store: {}', etag });
    deepEqual(await readText({ ...place, etag }), { text: 'store: {}', etag: next.etag });
  });

  test('s3 text: of two who change it the second is told', async () => {
    const place = { ...(await createBucket()), key: 'config/trueup.yaml' };
    const { etag } = await writeText({ ...place, text: 'a', etag: null });
    await writeText({ ...place, text: 'b', etag });
    await rejects(writeText({ ...place, text: 'c', etag }), { code: 'config.changed_meanwhile' });
    await rejects(writeText({ ...place, text: 'c', etag: null }), { code: 'config.changed_meanwhile' });
    equal((await readText(place))?.text, 'b');
  });

  test('s3: who may do nothing is told what is missing', async (t) => {
    const { bucket } = await createBucket();
    const stranger = new S3Client(await awsStranger(aws.clientConfig));
    t.after(() => stranger.destroy());
    const blobs = s3Blobs({ client: stranger, bucket });
    await rejects(blobs.put('a', Uint8Array.of(1)), { code: 'store.denied' });
    await rejects(blobs.get('a'), { code: 'store.denied' });
    await rejects(blobs.remove('a'), { code: 'store.denied' });
  });

  test('s3: a bucket that is not there is said', async () => {
    await rejects(s3Blobs({ client, bucket: 'trueup-nowhere' }).get('a'), { code: 'store.unavailable' });
  });
});
