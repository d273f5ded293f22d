/** Answers every request to S3 in the same way, as no local S3 would; tells what was asked. */
import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { listenOn } from '../../support/listen-on.ts';

export async function openS3Double(t: TestContext, answer: { status: number; code?: string; message?: string }) {
  const asked: { method: string; url: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    for await (const _ of request);
    response.writeHead(answer.status, { 'content-type': 'application/xml', etag: '"1"' });
    const { code, message = '' } = answer;
    response.end(code === undefined ? '' : `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  });
  const endpoint = await listenOn(server, t);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new S3Client({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1, forcePathStyle: true });
  t.after(() => client.destroy());
  return { asked, client, endpoint };
}
