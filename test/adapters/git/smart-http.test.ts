import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { test } from 'node:test';
import { gitHost } from '../../../lib/adapters/git/git-host.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';

const refs = 'application/x-git-upload-pack-advertisement';

async function serve(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

for (const { it, answer, code, facts } of [
  { it: 'a sign-in page', answer: [200, { 'content-type': 'text/html' }, '<html>'], code: 'git.not_understood' },
  {
    it: 'a dumb server',
    answer: [200, { 'content-type': 'text/plain' }, 'abc\trefs/heads/main'],
    code: 'git.not_understood',
  },
  {
    it: 'nonsense in the right clothes',
    answer: [200, { 'content-type': refs }, 'hello world'],
    code: 'git.not_understood',
  },
  { it: 'a cut answer', answer: [200, { 'content-type': refs }, '00ffversion 2'], code: 'git.not_understood' },
  {
    it: 'a repository of SHA-256',
    answer: [200, { 'content-type': refs }, '000eversion 2\n0019object-format=sha256\n0000'],
    code: 'git.not_understood',
  },
  { it: '401', answer: [401, {}, ''], code: 'git.unauthorized' },
  { it: '403', answer: [403, {}, ''], code: 'git.unauthorized' },
  { it: '404', answer: [404, {}, ''], code: 'git.repository_not_found' },
  { it: '429', answer: [429, { 'retry-after': '9' }, ''], code: 'git.rate_limited', facts: { retryAfterMs: 9000 } },
  { it: '500', answer: [500, {}, ''], code: 'git.unreachable' },
  {
    it: 'a redirect to another host',
    answer: [302, { location: 'https://evil.example.com/a' }, ''],
    code: 'git.unreachable',
  },
  { it: 'a redirect to nowhere', answer: [302, {}, ''], code: 'git.unreachable' },
  { it: 'a redirect in a circle', answer: [302, { location: '/again' }, ''], code: 'git.unreachable' },
] satisfies { it: string; answer: [number, Record<string, string>, string]; code: string; facts?: object }[]) {
  test(`a git server that answers ${it} is ${code}`, async () => {
    const [status, headers, body] = answer;
    await serve(
      (_, response) => void response.writeHead(status, headers).end(body),
      async (url) => {
        await rejects(gitHost({ url }).heads(`${url}/org/app`), (error) => {
          equal(error instanceof Fault ? error.code : error, code);
          for (const [name, value] of Object.entries(facts ?? {}))
            equal(error instanceof Fault && error.facts[name], value);
          return true;
        });
      },
    );
  });
}

test('a git server that does not answer in time is git.unreachable', async () => {
  await serve(
    () => {},
    async (url) => {
      await rejects(gitHost({ url, timeoutMs: 50 }).heads(`${url}/org/app`), (error) => {
        equal(error instanceof Fault && error.code, 'git.unreachable');
        match(String(error), /no answer within 50 ms/);
        return true;
      });
    },
  );
});

test('a git server that stops in the middle of its answer is git.unreachable', async () => {
  const headers = { 'content-type': refs, 'content-length': '1000' };
  await serve(
    (_, response) => {
      response.writeHead(200, headers).write('0000');
      setTimeout(() => response.destroy(), 20);
    },
    async (url) => rejects(gitHost({ url }).heads(`${url}/org/app`), { code: 'git.unreachable' }),
  );
});

test('the token goes to the configured origin by Basic authentication, and is in no fault', async () => {
  const seen: string[] = [];
  await serve(
    (request, response) => {
      seen.push(request.headers.authorization ?? 'none');
      response.writeHead(500).end();
    },
    async (url) => {
      const host = gitHost({ url, token: async () => 'hunter2', username: 'oauth2' });
      await rejects(host.heads(url.replace('http://', 'http://me:other@').concat('/org/app')), (error) => {
        ok(!JSON.stringify(error instanceof Fault && error.report()).includes('hunter2'));
        return true;
      });
    },
  );
  deepEqual(seen, [`Basic ${Buffer.from('oauth2:hunter2').toString('base64')}`]);
});

test('a repository is looked for with .git and without', async () => {
  const seen: string[] = [];
  await serve(
    (request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(404).end();
    },
    async (url) => {
      const { port } = new URL(url);
      await rejects(gitHost({ url }).heads(`http://127.0.0.1:${port}/org/app.git`), {
        code: 'git.repository_not_found',
      });
    },
  );
  deepEqual(seen, ['/org/app.git/info/refs?service=git-upload-pack', '/org/app/info/refs?service=git-upload-pack']);
});
