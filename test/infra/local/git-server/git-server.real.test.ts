import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { git } from '../../../../infra/local/git-server/git.ts';
import { type GitServer, startGitServer } from '../../../../infra/local/git-server/git-server.ts';
import type { SentPush } from '../../../../infra/local/git-server/send-push.ts';
import { githubWebhook } from '../../../../lib/adapters/github/webhook.ts';
import type { Push } from '../../../../lib/core/push/push.ts';

const token = 'the token of the tests';
const secret = 'the secret of the tests';
const zero = '0'.repeat(40);

describe('git server', { timeout: 60_000 }, () => {
  let folder: string;
  let server: GitServer;
  let work: string;
  const bodies: string[] = [];
  const pushes: Push[] = [];
  const sent: SentPush[] = [];

  const receiver = createServer(async (request, response) => {
    const body = await text(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const delivery = await githubWebhook('git').read({ headers, body }, secret);
    bodies.push(body);
    if (delivery.kind === 'push') pushes.push(...delivery.pushes);
    response.writeHead(202).end();
  });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trueup-git-server-'));
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const hook = { url: `http://127.0.0.1:${portOf(receiver.address())}/hooks/git`, secret };
    server = await startGitServer({
      folder: join(folder, 'srv'),
      token,
      onPush: [hook],
      onSent: (each) => sent.push(each),
    });
    const { url } = await server.createRepository('org/app');
    work = join(folder, 'work');
    await git(folder, 'clone', '--quiet', withToken(url), work);
  });
  after(async () => {
    await server?.stop();
    receiver.close();
    await rm(folder, { recursive: true, force: true });
  });

  const withToken = (url: string) => url.replace('http://', `http://ann:${encodeURIComponent(token)}@`);
  const commit = async (files: Record<string, string>, message: string) => {
    for (const [path, content] of Object.entries(files)) await writeFile(join(work, path), content);
    await git(work, 'add', '--all');
    await git(work, 'commit', '--quiet', '--allow-empty', '-m', message);
    return (await git(work, 'rev-parse', 'HEAD')).trim();
  };
  /** What arrived because of a push. */
  const push = async (...args: string[]) => {
    const seen = pushes.length;
    const tried = sent.length;
    await git(work, 'push', '--quiet', '--force', 'origin', ...args);
    await until(() => sent.length > tried);
    return {
      pushes: pushes.slice(seen).toSorted((a, b) => (a.ref < b.ref ? -1 : 1)),
      body: JSON.parse(bodies.at(-1) ?? ''),
    };
  };

  test('a first push, a push, a tag, a force push and the end of a branch arrive signed, as GitHub sends them', async () => {
    const one = await commit({ a: '1', 'ü.yaml': '1' }, 'First');
    const first = await push('main');
    const [told] = first.pushes;
    deepEqual([told?.ref, told?.before, told?.after, told?.pusher], ['refs/heads/main', zero, one, 'ann']);
    deepEqual(told?.repoURLs, [`${server.url}/org/app.git`, `${server.url}/org/app`]);
    deepEqual([first.body.created, first.body.forced, first.body.repository.default_branch], [true, false, 'main']);

    await rm(join(work, 'a'));
    const two = await commit({ b: '2', 'ü.yaml': '2' }, 'Größer\n\nund mehr');
    const second = await push('main');
    deepEqual([second.pushes[0]?.before, second.pushes[0]?.after], [one, two]);
    const [change] = second.body.commits;
    deepEqual(
      [change.message, change.added, change.removed, change.modified],
      ['Größer\n\nund mehr', ['b'], ['a'], ['ü.yaml']],
    );
    match(change.url, new RegExp(`/org/app/commit/${two}$`));

    await git(work, 'tag', '-a', '-m', 'x', 'v1');
    const tag = await push('v1');
    deepEqual([tag.pushes[0]?.ref, tag.pushes[0]?.before], ['refs/tags/v1', zero]);

    await git(work, 'reset', '--quiet', '--hard', one);
    const three = await commit({ c: '3' }, 'Rewritten');
    const forced = await push('main');
    deepEqual([forced.pushes[0]?.before, forced.pushes[0]?.after, forced.body.forced], [two, three, true]);

    await push('main:refs/heads/other');
    const gone = await push(':refs/heads/other');
    deepEqual([gone.pushes[0]?.after, gone.body.deleted], [zero, true]);
  });

  test('a push of several refs arrives ref by ref', async () => {
    await commit({ d: '4' }, 'More');
    const many = await push('main:refs/heads/x', 'main:refs/heads/y');
    await until(
      () => pushes.some(({ ref }) => ref === 'refs/heads/y') && pushes.some(({ ref }) => ref === 'refs/heads/x'),
    );
    ok(many.pushes.length > 0);
  });

  test('a large push streams through', async () => {
    const sha = await commit(
      { large: 'x'.repeat(100) + Array.from({ length: 300_000 }, () => Math.random()).join('') },
      'Large',
    );
    const large = await push('main');
    equal(large.pushes[0]?.after, sha);
  });

  test('a push that nobody receives is told of, not repeated, and does not fail', async () => {
    await server.createRepository('org/lonely');
    server.addHook({ url: 'http://127.0.0.1:1/', secret });
    const tried = sent.length;
    await commit({ e: '5' }, 'Lonely');
    await git(work, 'push', '--quiet', withToken(`${server.url}/org/lonely.git`), 'main');
    await until(() => sent.length === tried + 2);
    const [lost, ...more] = sent.slice(tried).filter((each) => 'error' in each);
    equal(lost?.ref, 'refs/heads/main');
    deepEqual(more, []);
  });

  test('who has not the token can neither read nor push', async () => {
    for (const url of [`${server.url}/org/app.git`, withToken(`${server.url}/org/app.git`).replace('tests', 'wrong')]) {
      await rejects(git(folder, 'ls-remote', url));
      await rejects(git(work, 'push', '--quiet', url, 'main'));
    }
  });

  test('nothing outside the folder is served', async () => {
    await git(folder, 'init', '--quiet', '--bare', 'outside.git');
    for (const path of [
      '/../outside.git/info/refs?service=git-upload-pack',
      '/org/%2e%2e/%2e%2e/outside.git/info/refs',
      '/org/app.git/config',
    ]) {
      const status = await rawStatus(server.url, path, token);
      match(status, / 404 /);
    }
  });

  test('only the loopback address is listened on', async () => {
    const outer = Object.values(networkInterfaces())
      .flat()
      .find((each) => each?.family === 'IPv4' && !each.internal);
    if (outer === undefined) return;
    const { port } = new URL(server.url);
    await rejects(
      new Promise((resolve, reject) =>
        createConnection(Number(port), outer.address, () => resolve(null)).on('error', reject),
      ),
    );
  });

  test('a repository that exists is left as it is', async () => {
    const { folder: bare } = await server.createRepository('org/app');
    await access(join(bare, 'HEAD'));
    match(await git(bare, 'rev-parse', 'refs/heads/main'), /^[0-9a-f]{40}/);
  });
});

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let waited = 0; !isTrue(); waited += 10) {
    ok(waited < 10_000, 'it did not come within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** As sent: fetch would tidy the path up. */
async function rawStatus(server: string, path: string, token: string): Promise<string> {
  const { hostname, port } = new URL(server);
  const socket = createConnection(Number(port), hostname);
  const authorization = Buffer.from(`ann:${token}`).toString('base64');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Basic ${authorization}\r\nconnection: close\r\n\r\n`);
  return (await text(socket)).split('\r\n')[0] ?? '';
}
