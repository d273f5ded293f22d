/** The local Lambda runtime answers, fails, times out and runs out of memory as Lambda does, and goes on afterwards. */
import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { type LambdaRuntimeOptions, startLambdaRuntime } from '../../../../infra/local/aws/lambda-runtime.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { alive, untilDead } from '../../../support/until-dead.ts';

const bundle = `
import { spawn } from 'node:child_process';
console.log('starting');
let events = 0;
export async function handler(event, context) {
  events += 1;
  switch (event.do) {
    case 'throw': throw new RangeError('too much');
    case 'throw text': throw 'just text';
    case 'hang': return new Promise(() => setInterval(() => {}, 1000));
    case 'never settle': return new Promise(() => {});
    case 'spin': for (;;) {}
    case 'exit': return process.exit(3);
    case 'reject behind our back': Promise.reject(new Error('nobody looked')); return new Promise(() => setTimeout(() => {}, 5000));
    case 'hog': return hog([]);
    case 'hog in a child': spawn(process.execPath, ['-e', 'const a = []; setInterval(() => a.push(Buffer.alloc(20e6, 1)), 5)']); return new Promise(() => {});
    case 'answer': return 'x'.repeat(event.bytes);
    case 'tick': setInterval(() => { globalThis.ticks = (globalThis.ticks ?? 0) + 1; }, 5); return 0;
    case 'ticks': return globalThis.ticks;
    case 'nothing': return undefined;
    case 'leave a child': return spawn('sleep', ['60']).pid;
    case 'context': return { ...context, left: context.getRemainingTimeInMillis(), node: process.versions.node, trace: process.env._X_AMZN_TRACE_ID, mine: process.env.MINE, env: Object.keys(process.env) };
    default: console.log('event', event.do); return { events, said: event.do };
  }
}
const hog = (kept) => new Promise(() => setInterval(() => kept.push(Buffer.alloc(20e6, 1)), 5));
export const nested = { deep: () => 'deep' };
`;

async function runtime(t: TestContext, content: string, options: Partial<LambdaRuntimeOptions> = {}) {
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'app.mjs'), content);
  const started = await startLambdaRuntime({
    folder,
    handler: 'app.handler',
    timeoutMs: 5_000,
    memoryMb: 256,
    ...options,
  });
  t.after(() => started.stop());
  return {
    ...started,
    async invoke(event: unknown) {
      const result = await started.invoke(event);
      return { ...result, json: JSON.parse(result.body) };
    },
  };
}

test('lambda-runtime keeps its process from one event to the next', async (t) => {
  const { invoke, log } = await runtime(t, bundle);
  const first = await invoke({ do: 'a' });
  const second = await invoke({ do: 'b' });
  deepEqual([first.kind, first.json], ['response', { events: 1, said: 'a' }]);
  deepEqual([second.kind, second.json], ['response', { events: 2, said: 'b' }]);
  ok(first.initMs > 0 && second.initMs === 0);
  ok(first.maxRssMb > 10 && first.maxRssMb < 256, `${first.maxRssMb} MB`);
  equal(await log(), 'starting\nevent a\nevent b\n');
});

test('lambda-runtime gives several events one after another', async (t) => {
  const { invoke } = await runtime(t, bundle);
  const results = await Promise.all(['a', 'b', 'c'].map((what) => invoke({ do: what })));
  deepEqual(
    results.map(({ json }) => json.events),
    [1, 2, 3],
  );
});

test('lambda-runtime tells the function what Lambda tells it, and nothing of ours', async (t) => {
  const { invoke } = await runtime(t, bundle, { env: { MINE: 'yes' }, name: 'sync' });
  const { json } = await invoke({ do: 'context' });
  equal(json.functionName, 'sync');
  equal(json.memoryLimitInMB, '256');
  equal(json.invokedFunctionArn, 'arn:aws:lambda:eu-west-1:000000000000:function:sync');
  equal(json.mine, 'yes');
  match(json.awsRequestId, /^[\da-f-]{36}$/);
  match(json.node, /^2[4-9]\./);
  match(json.trace, /^Root=1-/);
  ok(json.left > 4_000 && json.left <= 5_000, `${json.left} ms left`);
  const ours = ['USER', 'SHLVL', 'npm_lifecycle_event', 'NODE_TEST_CONTEXT', 'AWS_ENDPOINT_URL'];
  deepEqual(
    ours.filter((name) => json.env.includes(name)),
    [],
  );
});

for (const { it, event, kind, gives } of [
  {
    it: 'an error',
    event: { do: 'throw' },
    kind: 'error',
    gives: { errorType: 'RangeError', errorMessage: 'too much' },
  },
  {
    it: 'a thrown text',
    event: { do: 'throw text' },
    kind: 'error',
    gives: { errorType: 'string', errorMessage: 'just text' },
  },
  { it: 'an answer of nothing', event: { do: 'nothing' }, kind: 'response', gives: null },
  {
    it: 'an answer that is too large',
    event: { do: 'answer', bytes: 6_291_600 },
    kind: 'error',
    gives: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
  },
]) {
  test(`lambda-runtime reports ${it} and keeps the process`, async (t) => {
    const { invoke } = await runtime(t, bundle);
    const result = await invoke(event);
    equal(result.kind, kind);
    const { trace: _, ...said } = result.json ?? {};
    deepEqual(result.json === null ? null : said, gives);
    deepEqual((await invoke({ do: 'more' })).json, { events: 2, said: 'more' });
  });
}

for (const { it, event, kind, errorType, says, options } of [
  {
    it: 'a time-out',
    event: 'hang',
    kind: 'timeout',
    errorType: 'Sandbox.Timedout',
    says: /timed out after 0\.50 seconds/,
    options: { timeoutMs: 500 },
  },
  {
    it: 'a time-out in a loop',
    event: 'spin',
    kind: 'timeout',
    errorType: 'Sandbox.Timedout',
    says: /0\.50 seconds/,
    options: { timeoutMs: 500 },
  },
  { it: 'an exit', event: 'exit', kind: 'exit', errorType: 'Runtime.ExitError', says: /exit status 3/ },
  {
    it: 'a promise that never settles',
    event: 'never settle',
    kind: 'exit',
    errorType: 'Runtime.ExitError',
    says: /exit status 13/,
  },
  {
    it: 'an unhandled rejection',
    event: 'reject behind our back',
    kind: 'error',
    errorType: 'Runtime.UnhandledPromiseRejection',
    says: /nobody looked/,
  },
  {
    it: 'too much memory',
    event: 'hog',
    kind: 'exit',
    errorType: 'Runtime.OutOfMemory',
    says: /SIGKILL/,
    options: { memoryMb: 200 },
  },
  {
    it: 'too much memory in a child process',
    event: 'hog in a child',
    kind: 'exit',
    errorType: 'Runtime.OutOfMemory',
    says: /SIGKILL/,
    options: { memoryMb: 250 },
  },
]) {
  test(`lambda-runtime reports ${it}, and the next event gets a new process`, async (t) => {
    const { invoke, log } = await runtime(t, bundle, options);
    const result = await invoke({ do: event });
    deepEqual([result.kind, result.json.errorType], [kind, errorType]);
    match(result.json.errorMessage, says);
    const next = await invoke({ do: 'again' });
    deepEqual(next.json, { events: 1, said: 'again' });
    ok(next.initMs > 0);
    equal((await log()).match(/starting/g)?.length, 2);
  });
}

test('lambda-runtime takes memory that is below the limit', async (t) => {
  const { invoke } = await runtime(t, bundle, { memoryMb: 512 });
  equal((await invoke({ do: 'answer', bytes: 3_000_000 })).kind, 'response');
});

for (const { it, content, handler, errorType } of [
  {
    it: 'a bundle that throws when it is loaded',
    content: "throw new TypeError('no settings')",
    handler: 'app.handler',
    errorType: 'TypeError',
  },
  { it: 'a bundle that is not there', content: '', handler: 'other.handler', errorType: 'Runtime.ImportModuleError' },
  {
    it: 'a handler that is not exported',
    content: 'export const other = 1;',
    handler: 'app.handler',
    errorType: 'Runtime.HandlerNotFound',
  },
]) {
  test(`lambda-runtime reports ${it} at every event`, async (t) => {
    const { invoke } = await runtime(t, content, { handler });
    for (const attempt of [1, 2]) {
      const { kind, json, initMs } = await invoke({ attempt });
      deepEqual([kind, json.errorType, initMs], ['error', errorType, 0]);
    }
  });
}

test('lambda-runtime finds a handler inside an object, in a folder', async (t) => {
  const { invoke } = await runtime(t, bundle, { handler: './app.nested.deep' });
  equal((await invoke({})).json, 'deep');
});

test('lambda-runtime freezes a process that waits for its next event', async (t) => {
  const { invoke } = await runtime(t, bundle);
  await invoke({ do: 'tick' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { json } = await invoke({ do: 'ticks' });
  ok((json ?? 0) < 10, `${json} ticks in 300 ms`);
});

test('lambda-runtime refuses an event of more than 6 MB', async (t) => {
  const { invoke } = await runtime(t, bundle);
  await rejects(invoke({ do: 'x'.repeat(6 * 1024 * 1024) }), /over 6 MB/);
});

test('lambda-runtime leaves no process behind, not even what the function started', async (t) => {
  const { invoke, stop } = await runtime(t, bundle);
  const { json: child } = await invoke({ do: 'leave a child' });
  deepEqual(alive([child]), [child]);
  await stop();
  await rejects(invoke({}), /was stopped/);
  await untilDead([child]);
});
