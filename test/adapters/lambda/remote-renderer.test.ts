import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { remoteRenderer } from '../../../lib/adapters/lambda/remote-renderer.ts';
import { type RenderEvent, renderEvent } from '../../../lib/adapters/lambda/render-event.ts';
import { unpackRequest } from '../../../lib/adapters/lambda/render-request.ts';
import { packResult, type RenderResult } from '../../../lib/adapters/lambda/render-result.ts';
import { sealBundle, unsealBundle } from '../../../lib/adapters/lambda/seal-bundle.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import { describeError } from '../../../lib/core/log/describe-error.ts';
import { parseManifests } from '../../../lib/core/render/parse-manifests.ts';
import type { Rendered } from '../../../lib/ports/renderer.ts';
import type { Scratch } from '../../../lib/ports/scratch.ts';
import { renderRequest } from '../../contracts/renderer.contract.ts';
import { memoryScratch } from '../../support/http-scratch.ts';
import { silentLog } from '../../support/silent-log.ts';
import { configMap } from '../../support/source-files.ts';

const rendered: Rendered = {
  tool: 'directory',
  manifests: parseManifests(configMap('a'), 'app/a.yaml'),
  reads: ['app'],
  warnings: [],
};

const request = renderRequest({ 'app/a.yaml': configMap('a'), 'app/secret.txt': 'correct-horse' }, {});
const done = { v: 1 };

test('remote-renderer hands over what it was asked and gives back what came of it', async () => {
  const remote = open({ run: leaving({ rendered }) });
  deepEqual(await remote.renderer.render(request), rendered);
  const [asked] = remote.asked;
  ok(asked);
  equal(asked.files.length, 2);
  const { files: _, ...about } = request;
  deepEqual(asked.about, about);
});

test('remote-renderer leaves nothing behind, and gives nobody the key but the function', async () => {
  const remote = open({ run: leaving({ rendered }) });
  await remote.renderer.render(request);
  await remote.renderer.render(request);
  equal(remote.objects.size, 0);
  const keys = remote.events.map(({ key }) => key);
  equal(new Set(keys).size, 2, 'each render has a key of its own');
  const left = JSON.stringify([...remote.puts.values()].map((bytes) => Buffer.from(bytes).toString('latin1')));
  ok(!left.includes('correct-horse'));
  for (const key of keys) ok(!left.includes(key));
});

test('remote-renderer signs its URLs for two runs of a tool and a minute', async () => {
  const seconds: number[] = [];
  const remote = open({
    run: leaving({ rendered }),
    scratch: {
      presignGet: async (_, forSeconds) => `get ${seconds.push(forSeconds)}`,
      presignPut: async (_, forSeconds) => `put ${seconds.push(forSeconds)}`,
    },
  });
  await remote.renderer.render(request);
  deepEqual(seconds, [70, 70]);
});

test('remote-renderer passes on what rendering found wrong', async () => {
  const facts = { tool: 'Helm', path: 'app', because: 'no image given' };
  const remote = open({ run: leaving({ fault: { code: 'render.failed', facts } }) });
  await rejects(remote.renderer.render(request), { code: 'render.failed', facts });
  equal(remote.objects.size, 0);
});

test('remote-renderer takes 40 MB', async () => {
  const files = new Map([
    ...request.files,
    ['app/big.bin', { kind: 'file', bytes: randomBytes(40_000_000), executable: false }] as const,
  ]);
  const remote = open({ run: leaving({ rendered }) });
  deepEqual(await remote.renderer.render({ ...request, files }), rendered);
  equal(remote.asked[0]?.files.find(([path]) => path === 'app/big.bin')?.[1], 40_000_000);
});

test('remote-renderer sends no more than the function can hold', async () => {
  const bytes = new Uint8Array(100_000_000);
  const file = { kind: 'file', bytes, executable: false } as const;
  const files = new Map(['a', 'b', 'c'].map((path) => [path, file]));
  const remote = open({ run: async () => done });
  await rejects(remote.renderer.render({ ...request, files }), {
    code: 'render.bundle_too_large',
    message: /have 300000000 bytes; the render function takes 268435456/,
  });
  equal(remote.puts.size, 0);
});

const told = (code: string, facts = {}) => ({ v: 1, fault: { code, facts } });

for (const { it, answer, leaves, code, says = /./ } of [
  { it: 'leaves no result', answer: done, code: 'render.remote_failed', says: /it left no result/ },
  { it: 'leaves garbage', answer: done, leaves: async () => Buffer.from('x'), code: 'render.remote_failed' },
  {
    it: 'leaves a result with one bit flipped',
    answer: done,
    leaves: async (event: RenderEvent) => flipped(await sealed(event, { rendered })),
    code: 'render.remote_failed',
    says: /its result is damaged/,
  },
  {
    it: 'leaves a result under another key',
    answer: done,
    leaves: (event: RenderEvent) => sealed({ ...event, key: '0'.repeat(64) }, { rendered }),
    code: 'render.remote_failed',
    says: /its result is damaged/,
  },
  {
    it: 'leaves the request as its result',
    answer: done,
    leaves: async (_: RenderEvent, sent: Uint8Array) => sent,
    code: 'render.remote_failed',
    says: /its result is damaged/,
  },
  {
    it: 'leaves more than it may',
    answer: done,
    leaves: async () => new Uint8Array(19_000_000),
    code: 'store.too_large',
  },
  {
    it: 'leaves little that unpacks to more than it may',
    answer: done,
    leaves: (event: RenderEvent) => sealBundle(new Uint8Array(19_000_000), { key: keyOf(event), name: 'result' }),
    code: 'render.remote_failed',
    says: /or larger than allowed/,
  },
  {
    it: 'leaves a path that leads out of the repository',
    answer: done,
    leaves: (event: RenderEvent) => sealed(event, { rendered: { ...rendered, reads: ['../../etc'] } }),
    code: 'render.remote_failed',
    says: /not a path in a repository/,
  },
  {
    it: 'speaks for the cluster',
    answer: done,
    leaves: (event: RenderEvent) => sealed(event, { fault: { code: 'cluster.unauthorized', facts: {} } }),
    code: 'render.remote_failed',
    says: /which no rendering raises/,
  },
  { it: 'speaks for the store', answer: told('store.denied'), code: 'render.remote_failed' },
  {
    it: 'could not fetch the bundle',
    answer: told('render.remote_failed', { because: 'fetching the bundle: S3 answered 403' }),
    code: 'render.remote_failed',
    says: /S3 answered 403/,
  },
  { it: 'answers in another version', answer: { v: 2 }, code: 'render.remote_failed', says: /none of this version/ },
  { it: 'answers null', answer: null, code: 'render.remote_failed' },
  { it: 'answers with no JSON', answer: undefined, code: 'render.remote_failed' },
]) {
  test(`remote-renderer says so when the function ${it}, and clears away`, async () => {
    const remote = open({
      run: async (event, { sent, leave }) => {
        const left = await leaves?.(event, sent);
        if (left !== undefined) leave(left);
        return answer;
      },
    });
    await rejects(remote.renderer.render(request), (error) => {
      ok(error instanceof Fault);
      equal(error.code, code);
      match(error.message, says);
      return hidesSecrets(error, remote.events);
    });
    equal(remote.objects.size, 0);
  });
}

for (const code of ['render.timed_out', 'render.remote_busy', 'render.remote_denied'] as const) {
  test(`remote-renderer passes on ${code} of the invocation with the path that was rendered`, async () => {
    const remote = open({ run: () => Promise.reject(new Fault(code, { limitMs: 5 })) });
    await rejects(remote.renderer.render(request), { code, facts: { path: 'app', limitMs: 5 } });
    equal(remote.objects.size, 0);
  });
}

test('remote-renderer clears away after a bug too, which stays one', async () => {
  const bug = new TypeError('x is not a function');
  const remote = open({ run: () => Promise.reject(bug) });
  await rejects(remote.renderer.render(request), bug);
  equal(remote.objects.size, 0);
});

test('remote-renderer gives what was rendered though it could not clear away, and says so', async () => {
  const denied = new Fault('store.denied', { action: 's3:DeleteObject' });
  const remote = open({
    run: leaving({ rendered }),
    scratch: { remove: () => Promise.reject(denied) },
  });
  deepEqual(await remote.renderer.render(request), rendered);
  deepEqual(remote.logged, [
    ['render.bundle_left', { name: 'render/id-1/in' }, denied],
    ['render.bundle_left', { name: 'render/id-1/out' }, denied],
  ]);
});

test('remote-renderer passes on what the scratch bucket refuses', async () => {
  const denied = new Fault('store.denied', { action: 's3:PutObject' });
  const remote = open({ run: async () => done, scratch: { put: () => Promise.reject(denied) } });
  await rejects(remote.renderer.render(request), denied);
});

type Run = (event: RenderEvent, bundles: { sent: Uint8Array; leave(bytes: Uint8Array): void }) => Promise<unknown>;

function leaving(result: RenderResult): Run {
  return async (event, { leave }) => {
    leave(await sealed(event, result));
    return done;
  };
}

function open({ run, scratch: over = {} }: { run: Run; scratch?: Partial<Scratch> }) {
  const objects = new Map<string, Uint8Array>();
  const puts = new Map<string, Uint8Array>();
  const events: RenderEvent[] = [];
  const asked: { about: unknown; files: [string, number][] }[] = [];
  const logged: unknown[][] = [];
  const memory = memoryScratch(objects);
  const put = async (key: string, bytes: Uint8Array) => {
    puts.set(key, bytes);
    await memory.put(key, bytes);
  };
  const renderer = remoteRenderer({
    scratch: { ...memory, put, ...over },
    limits: { timeoutMs: 5_000, maxOutputBytes: 1_000_000 },
    newId: () => `id-${events.length + 1}`,
    log: { ...silentLog, error: (...line) => void logged.push(line) },
    async invoke(payload) {
      const event = renderEvent.parse(JSON.parse(Buffer.from(payload).toString()));
      events.push(event);
      const folder = `render/id-${events.length}`;
      const sent = objects.get(`${folder}/in`) ?? new Uint8Array();
      const packed = await unsealBundle(sent, { key: keyOf(event), name: 'request', maxBytes: 1e9 });
      const { files, ...about } = unpackRequest(packed);
      const sizes = [...files].map(([path, file]): [string, number] => [path, 'bytes' in file ? file.bytes.length : 0]);
      asked.push({ about, files: sizes });
      const answer = await run(event, { sent, leave: (bytes) => objects.set(`${folder}/out`, bytes) });
      return Buffer.from(answer === undefined ? 'no JSON' : JSON.stringify(answer));
    },
  });
  return { renderer, objects, puts, events, asked, logged };
}

function sealed(event: RenderEvent, result: RenderResult): Promise<Uint8Array> {
  return sealBundle(packResult(result), { key: keyOf(event), name: 'result' });
}

function keyOf({ key }: RenderEvent): Buffer {
  return Buffer.from(key, 'hex');
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1);
}

/** As a log line or an event would show it. */
function hidesSecrets(fault: Fault, events: readonly RenderEvent[]): boolean {
  const shown = JSON.stringify(describeError(fault));
  for (const { key, get, put } of events) {
    for (const secret of [key, get, put]) ok(!shown.includes(secret), `${shown} shows ${secret}`);
  }
  return true;
}
